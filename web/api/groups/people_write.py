"""People handed in one by one, on the path of every import.

In: the columns of one row of a roster under English names. Out: the person as stored, or what is wrong with which
field; where only a staff member can say who it is, the row waits and 202 says where.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from jobs_feed.one_record import Filed, OwnPeople, file_record, full_home
from jobs_feed.rosters.emptying import KEPT, OF_NUMBER
from matcher.domain.errors import RecordNotFound
from web.api.columns import changeable, columns_of, emptied_of, raise_problems, sender_of
from web.api.declared import ROOT, Answer, Ask, Group, Line, Text
from web.api.groups import people, reviews
from web.api.groups.people import Person
from web.api.groups.reviews import Waiting
from web.config import the_office
from web.errors.problems import Refused
from web.phrases import t

group = Group("people_write")


class PersonFields(Struct, forbid_unknown_fields=True):
    """What a roster says of a person; columns, units and words are those of the roster template."""

    name: Annotated[Line, Meta(extra={"column": "姓名"})] = ""
    ref: Annotated[Line, Meta(extra={"column": "编号"})] = ""
    id_number: Annotated[Line, Meta(extra={"column": "身份证号"})] = ""
    sex: Annotated[Line, Meta(extra={"column": "性别"})] = ""
    birth_date: Annotated[Line, Meta(extra={"column": "出生日期"})] = ""
    phone: Annotated[Line, Meta(extra={"column": "联系电话"})] = ""
    county: Annotated[Line, Meta(extra={"column": "旗县"})] = ""
    township: Annotated[Line, Meta(extra={"column": "苏木乡镇"})] = ""
    village: Annotated[Line, Meta(extra={"column": "嘎查村"})] = ""
    household_no: Annotated[Line, Meta(extra={"column": "户编号"})] = ""
    household_type: Annotated[Line, Meta(extra={"column": "户类型"})] = ""
    monitor_category: Annotated[Line, Meta(extra={"column": "监测对象类别"})] = ""
    risk_reason: Annotated[Text, Meta(extra={"column": "致险原因"})] = ""
    resettled: Annotated[Line, Meta(extra={"column": "是否易地搬迁"})] = ""
    settlement: Annotated[Line, Meta(extra={"column": "集中安置区"})] = ""
    ethnicity: Annotated[Line, Meta(extra={"column": "民族"})] = ""
    language: Annotated[Line, Meta(extra={"column": "语言"})] = ""
    education: Annotated[Line, Meta(extra={"column": "文化程度"})] = ""
    school_status: Annotated[Line, Meta(extra={"column": "在校生状况"})] = ""
    labour_skill: Annotated[Line, Meta(extra={"column": "劳动技能"})] = ""
    health: Annotated[Line, Meta(extra={"column": "健康状况"})] = ""
    work_status: Annotated[Line, Meta(extra={"column": "就业状态"})] = ""
    unemployed_since: Annotated[Line, Meta(extra={"column": "失业日期"})] = ""
    willingness: Annotated[Line, Meta(extra={"column": "就业意愿"})] = ""
    public_post: Annotated[Line, Meta(extra={"column": "是否公益性岗位"})] = ""
    skills: Annotated[Text, Meta(extra={"column": "技能特长"})] = ""
    certificates: Annotated[Text, Meta(extra={"column": "证书"})] = ""
    experience: Annotated[Text, Meta(extra={"column": "工作经历"})] = ""
    wish: Annotated[Text, Meta(extra={"column": "意向工种"})] = ""
    wish_place: Annotated[Text, Meta(extra={"column": "意向地区"})] = ""
    wage_wish: Annotated[Line, Meta(extra={"column": "期望月薪"})] = ""
    willing_to_move: Annotated[Line, Meta(extra={"column": "是否愿意外出"})] = ""
    daily_return: Annotated[Line, Meta(extra={"column": "是否需当天回家"})] = ""
    care: Annotated[Text, Meta(extra={"column": "家庭照料"})] = ""
    transport: Annotated[Line, Meta(extra={"column": "交通方式"})] = ""
    training_wish: Annotated[Text, Meta(extra={"column": "培训意愿"})] = ""
    remarks: Annotated[Text, Meta(extra={"column": "情况说明"})] = ""
    guide_name: Annotated[Line, Meta(extra={"column": "责任人"})] = ""


PersonChange = changeable(PersonFields, "PersonChange")
EXAMPLE = {"name": "包示例", "county": "奈曼旗", "village": "东村", "skills": "会电焊", "wage_wish": "3000"}


@group.post(
    "/workers",
    answer=Person,
    body=PersonFields,
    status=201,
    other={200: Person, 202: Waiting},
    once=True,
    example=EXAMPLE,
)
def add(ask: Ask) -> Answer:
    """A person: new, or known again by number, reference, phone or birth date and then brought up to date."""
    office, scope = the_office(), ask.scope
    columns = columns_of(PersonFields, ask)
    guard = OwnPeople(office, scope.division, scope.villages)
    filed = file_record(
        office, "workers", columns, sender=sender_of(ask), actor=ask.actor, name=t("API_FILE_NAME"), alongside=guard
    )
    return _outcome(ask, filed)


@group.patch(
    "/workers/{key}",
    answer=Person,
    body=PersonChange,
    guarded=people.one,
    example={"wage_wish": "3500", "training_wish": None},
)
def change(ask: Ask, key: int) -> Answer:
    """What is now known of one person; null empties a field, what is "" or not named stays as it is."""
    office, scope = the_office(), ask.scope
    with office.reading() as unit:
        stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
    columns = columns_of(PersonChange, ask)
    numbered = bool(stored.value.id_number or columns.get("身份证号")) and not _without_number(ask)
    emptied = emptied_of(PersonChange, ask, KEPT | (OF_NUMBER if numbered else frozenset()))
    own = {"编号": stored.value.ref, "姓名": columns.get("姓名") or stored.value.name}
    told = full_home(office, stored.value.home, stored.value.village, columns) | own
    guard = OwnPeople(office, scope.division, scope.villages, key=key, revision=stored.revision)
    filed = file_record(
        office,
        "workers",
        told,
        sender=stored.value.sender,
        actor=ask.actor,
        name=t("API_FILE_NAME"),
        alongside=guard,
        emptied=emptied,
    )
    raise_problems(PersonFields, filed.report)
    return people.one(ask, key)


def _without_number(ask: Ask) -> bool:
    """Whether the ID number is to be forgotten."""
    return "id_number" in ask.sent and ask.body.id_number is None


def _outcome(ask: Ask, filed: Filed) -> Answer:
    """The person; or the row that waits until somebody says who it is."""
    if filed.review is not None:
        return _waiting(ask, filed.review)
    raise_problems(PersonFields, filed.report)
    if not filed.keys:
        raise Refused(409)
    key = filed.keys[0]
    status = 201 if filed.report.stored else 200
    return Answer(people.one(ask, key).value, status, f"{ROOT}/workers/{key}", f"worker:{key}", "profile")


def _waiting(ask: Ask, review: int) -> Answer:
    """The row, where everybody it may be lies in the scope of the client."""
    try:
        waits = reviews.one(ask, review)
    except (Refused, RecordNotFound) as elsewhere:
        raise Refused(409, t("API_REVIEW_ELSEWHERE")) from elsewhere
    return Answer(waits.value, 202, f"{ROOT}/reviews/{review}", f"review:{review}")
