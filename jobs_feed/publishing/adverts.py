"""Which postings are published, and each as anybody may read it.

In: a stored posting and the frame of the moment. Out: `Advert`, or None for what would be suggested to nobody:
held, expired, filled, stale, withdrawn, or another office's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from jobs_feed.fields import read_count
from jobs_feed.publishing.frame import Frame
from jobs_feed.publishing.reading import OWN_SENDER
from jobs_feed.publishing.withheld import public_form
from jobs_feed.reference import rows_of
from matcher.domain.localtime import local_date
from matcher.domain.match import Exclusion
from matcher.domain.posting import Posting, PostingFacts
from matcher.live import closed_because
from matcher.office import Office
from matcher.store import StoredPosting
from matcher.store.postings import ChangedPosting
from matcher.stored_rows import posting_row

POSTING_FIELDS = tuple(row["field"] for row in rows_of("fields") if row["kind"] == "postings")


@dataclass(frozen=True, slots=True)
class Advert:
    """A published posting; `ref` names it among all of the office."""

    key: int
    ref: str
    posting: Posting
    """Without what is nobody else's business."""
    facts: PostingFacts
    first_on: date
    """The day it was published, or first stored here."""
    updated_at: datetime


def public_ref(sender: str, ref: str) -> str:
    """The name of a posting among all of an office: its reference, with the sender before it where that is another."""
    if sender == OWN_SENDER and ":" not in ref:
        return ref
    return f"{sender.replace('%', '%25').replace(':', '%3A')}:{ref}"


def is_published(stored: StoredPosting, office: Office, frame: Frame, on: date | None = None) -> bool:
    """Whether a posting is shown to others on a day, today if none is said."""
    return stored.value.sender not in frame.received and hidden_because(stored, office, frame, on) is None


def hidden_because(stored: StoredPosting, office: Office, frame: Frame, on: date | None = None) -> Exclusion | None:
    """Why one of our own postings is not shown to others: what is suggested to nobody is not, and a job only once."""
    day = on or frame.today
    closed = closed_because(posting_row(stored, office), frame.policy.at(day))
    if closed is None and stored.key in frame.spoken.on(day):
        return Exclusion("EXCLUDED_SAME_JOB", "BASIS_STATE")
    return closed


def advert_of(changed: ChangedPosting, office: Office, frame: Frame) -> Advert | None:
    """A posting as anybody may read it; None where it is not published."""
    stored = changed.stored
    if not is_published(stored, office, frame):
        return None
    posting = stored.value
    shown = posting if frame.agreed(posting) else _withheld(posting, frame)
    return Advert(
        key=stored.key,
        ref=public_ref(posting.sender, posting.ref),
        posting=shown,
        facts=posting_row(stored, office).facts,
        first_on=posting.published_on or local_date(changed.created_at),
        updated_at=stored.updated_at,
    )


def _withheld(posting: Posting, frame: Frame) -> Posting:
    """A posting whose employer has not agreed to its contact being published."""
    return public_form(
        posting,
        phone=frame.phone,
        withheld=frame.wording.text("SHARE_WITHHELD"),
        private_employer=frame.wording.text("SHARE_PRIVATE_EMPLOYER"),
    )


def fields_of(advert: Advert) -> dict[str, str]:
    """The posting as a row of the template: every column, as text."""
    posting = advert.posting
    return {
        "编号": advert.ref,
        "岗位名称": posting.title,
        "用人单位": posting.employer,
        "统一社会信用代码": posting.uscc,
        "岗位类别": posting.kind.value,
        "工作地点": posting.place.text or posting.place.name or posting.place.code,
        "招聘人数": _openings(posting),
        "薪资待遇": posting.wage_text,
        "学历要求": posting.education_text,
        "年龄要求": posting.age_text,
        "性别要求": posting.sex_text,
        "证书要求": posting.certificate_text,
        "经验要求": posting.experience_text,
        "工作时间": posting.hours_text,
        "食宿": posting.board_text,
        "社会保险": posting.insurance_text,
        "劳动强度": posting.load_text,
        "岗位描述": posting.description,
        "联系人": posting.contact,
        "联系电话": posting.phone,
        "发布日期": _day(posting.published_on),
        "截止日期": _day(posting.deadline),
        "来源": posting.source,
        "核实人": posting.verified_by,
        "核实日期": _day(posting.verified_on),
    }


def _openings(posting: Posting) -> str:
    """The head count as written, or as a number where something else is known by now."""
    if posting.openings_text and read_count(posting.openings_text).value == posting.openings:
        return posting.openings_text
    return "" if posting.openings is None else str(posting.openings)


def _day(day: date | None) -> str:
    """A day as a spreadsheet holds it."""
    return "" if day is None else day.isoformat()
