"""Postings handed in one by one, and where each stands: open, held, filled.

In: the columns of one row of the postings template under English names; a state with its reason. Out: the posting as
stored and checked; an advert that holds several jobs becomes several postings.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from jobs_feed.one_record import OwnPosting, columns_of_posting, file_record
from jobs_feed.trust.decisions import close_filled, hold, release, reopen
from matcher.domain.posting import PostingState
from web.api.columns import changeable, columns_of, emptied_of, raise_problems, sender_of
from web.api.declared import ROOT, Answer, Ask, Group, Line, Text
from web.api.groups import postings
from web.api.groups.postings import Posting
from web.config import the_office
from web.errors.problems import Refused
from web.phrases import t

group = Group("postings_write")


class PostingFields(Struct, forbid_unknown_fields=True):
    """What an employer states; columns, units and words are those of the postings template."""

    title: Annotated[Line, Meta(min_length=1, extra={"column": "岗位名称"})]
    employer: Annotated[Line, Meta(min_length=1, extra={"column": "用人单位"})]
    place: Annotated[Line, Meta(min_length=1, extra={"column": "工作地点"})]
    ref: Annotated[Line, Meta(extra={"column": "编号"})] = ""
    uscc: Annotated[Line, Meta(extra={"column": "统一社会信用代码"})] = ""
    kind: Annotated[Line, Meta(extra={"column": "岗位类别"})] = ""
    openings: Annotated[Line, Meta(extra={"column": "招聘人数"})] = ""
    wage: Annotated[Line, Meta(extra={"column": "薪资待遇"})] = ""
    education: Annotated[Line, Meta(extra={"column": "学历要求"})] = ""
    age: Annotated[Line, Meta(extra={"column": "年龄要求"})] = ""
    sex: Annotated[Line, Meta(extra={"column": "性别要求"})] = ""
    certificates: Annotated[Line, Meta(extra={"column": "证书要求"})] = ""
    experience: Annotated[Line, Meta(extra={"column": "经验要求"})] = ""
    hours: Annotated[Line, Meta(extra={"column": "工作时间"})] = ""
    board: Annotated[Line, Meta(extra={"column": "食宿"})] = ""
    insurance: Annotated[Line, Meta(extra={"column": "社会保险"})] = ""
    load: Annotated[Line, Meta(extra={"column": "劳动强度"})] = ""
    description: Annotated[Text, Meta(extra={"column": "岗位描述"})] = ""
    contact: Annotated[Line, Meta(extra={"column": "联系人"})] = ""
    phone: Annotated[Line, Meta(extra={"column": "联系电话"})] = ""
    published_on: Annotated[Line, Meta(extra={"column": "发布日期"})] = ""
    deadline: Annotated[Line, Meta(extra={"column": "截止日期"})] = ""
    source: Annotated[Line, Meta(extra={"column": "来源"})] = ""
    verified_by: Annotated[Line, Meta(extra={"column": "核实人"})] = ""
    verified_on: Annotated[Line, Meta(extra={"column": "核实日期"})] = ""


PostingChange = changeable(PostingFields, "PostingChange", without=("ref",))
STATED = frozenset({"岗位名称", "用人单位", "工作地点"})
"""Without these nobody could find the job."""
EXAMPLE = {"title": "缝纫工", "employer": "奈曼旗示例车间", "place": "奈曼旗", "wage": "3000-3500元", "openings": "5"}


class NewState(Struct, forbid_unknown_fields=True):
    """Where a posting is to stand; a reason is asked for unless it is filled."""

    state: Literal["open", "held", "filled"]
    reason: Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


@group.post(
    "/postings",
    answer=Posting,
    body=PostingFields,
    status=201,
    other={200: Posting},
    once=True,
    example=EXAMPLE,
)
def add(ask: Ask) -> Answer:
    """A posting: new, or the same reference brought up to date; what must not be suggested as it stands is held."""
    filed = file_record(
        the_office(),
        "postings",
        columns_of(PostingFields, ask),
        sender=sender_of(ask),
        actor=ask.actor,
        name=t("API_FILE_NAME"),
    )
    raise_problems(PostingFields, filed.report)
    if not filed.keys:
        raise Refused(409)
    key = filed.keys[0]
    shown = postings.one(ask, key)
    return Answer(shown.value, 201 if filed.report.stored else 200, f"{ROOT}/postings/{key}", f"posting:{key}")


@group.patch(
    "/postings/{key}",
    answer=Posting,
    body=PostingChange,
    guarded=postings.one,
    example={"wage": "3200-3600元", "deadline": None},
)
def change(ask: Ask, key: int) -> Answer:
    """What the employer now states; null empties a field. Jobs that share an advert are handed in with it."""
    office = the_office()
    with office.reading() as unit:
        stored = unit.postings.get(key, division=ask.client.division)
        known = unit.postings.by_source(stored.value.sender)
    base = stored.value.source_ref or stored.value.ref
    if stored.value.ref != base or any(ref.startswith(f"{base}#") for ref in known):
        raise Refused(409, t("API_POSTING_OF_SEVERAL"))
    emptied = emptied_of(PostingChange, ask, STATED)
    told = columns_of_posting(stored.value) | columns_of(PostingChange, ask) | dict.fromkeys(emptied, "")
    filed = file_record(
        office,
        "postings",
        told,
        sender=stored.value.sender,
        actor=ask.actor,
        name=t("API_FILE_NAME"),
        alongside=OwnPosting(office, key, stored.revision),
    )
    raise_problems(PostingChange, filed.report)
    return postings.one(ask, key)


@group.put("/postings/{key}/state", answer=Posting, body=NewState, guarded=postings.one,
           example={"state": "filled"})  # fmt: skip
def put_state(ask: Ask, key: int) -> Answer:
    """Held, released or reopened, filled; only postings of the client's own division."""
    office, wanted, actor = the_office(), ask.body.state, ask.actor
    with office.reading() as unit:
        stored = unit.postings.get(key, division=ask.client.division)
    if wanted == stored.state.value:
        return postings.one(ask, key)
    if wanted == "filled":
        close_filled(office, key, actor=actor)
    elif wanted == "held":
        hold(office, key, reason=ask.body.reason, actor=actor)
    elif stored.state is PostingState.HELD:
        release(office, [key], reason=ask.body.reason, actor=actor)
    else:
        reopen(office, key, reason=ask.body.reason, actor=actor)
    return postings.one(ask, key)
