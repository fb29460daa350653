"""How surely an advert is understood, in words: its trade, its place, its pay a month.

In: facts and the policy of the day. Out: one line each, for the posting's page, the import preview and the cards of
a pasted text.
"""

from __future__ import annotations

from matcher.domain.division import Place
from matcher.domain.posting import PostingFacts, Wage
from matcher.policy import PolicyAt
from web.incoming.surety import surety_word
from web.pages.presentation import named
from web.phrases import t

COLUMNS = {
    "岗位名称": "TITLE", "用人单位": "EMPLOYER", "工作地点": "PLACE", "招聘人数": "OPENINGS", "薪资待遇": "WAGE",
    "联系人": "CONTACT", "联系电话": "PHONE", "年龄要求": "AGE", "工作时间": "HOURS", "食宿": "BOARD",
    "社会保险": "INSURANCE", "学历要求": "EDUCATION", "经验要求": "EXPERIENCE", "证书要求": "PAPERS",
    "性别要求": "SEX", "截止日期": "DEADLINE", "发布日期": "PUBLISHED", "劳动强度": "LOAD",
    "岗位描述": "TEXT", "统一社会信用代码": "USCC",
}  # fmt: skip
"""The wording code of each column."""


def column_name(field: str) -> str:
    """What a column of a posting list is called on a page."""
    return t(f"PAGE_COLUMN_{COLUMNS[field]}") if field in COLUMNS else field


def occupation_line(facts: PostingFacts, policy: PolicyAt, title: str) -> str:
    """“按‘电焊’认作 焊工（把握大）”."""
    if not facts.occupations:
        return t("PAGE_TITLE_UNKNOWN")
    first = facts.occupations[0]
    words = next((one.words for one in first.evidence if one.words), title)
    return t(
        "PAGE_TITLE_READ_AS",
        words=words,
        name=named("occupation", first.code),
        sure=surety_word(first.confidence, policy),
    )


def place_line(place: Place) -> str:
    """The division a place was understood as."""
    return t("PAGE_PLACE_READ_AS", name=named("division", place.code)) if place.known else t("PAGE_PLACE_UNKNOWN")


def wage_line(wage: Wage) -> str:
    """Pay a month, with the assumption it was brought to a month by; "" where it is no amount."""
    if wage.low is None and wage.high is None:
        return ""
    low, high = wage.low or wage.high or 0.0, wage.high or wage.low or 0.0
    same = round(low) == round(high)
    amount = t("PAGE_YUAN_MONTH", yuan=round(low)) if same else t("PAGE_YUAN_RANGE", low=round(low), high=round(high))
    how = wage_assumption(wage)
    return t("PAGE_WAGE_ASSUMED", amount=amount, how=how) if how else amount


def wage_assumption(wage: Wage) -> str:
    """By what pay by the day, the hour or the year was brought to a month; "" for pay a month."""
    parts = wage.assumption.split("_")
    if parts[0] == "DAYS":
        return t("PAGE_BY_DAYS", days=parts[1])
    if parts[0] == "HOURS":
        return t("PAGE_BY_HOURS", hours=parts[1], days=parts[3])
    return t("PAGE_BY_YEAR") if parts[0] == "MONTHS" else ""
