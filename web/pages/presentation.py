"""How single values stand on a page.

In: values of the domain. Out: masked numbers, ages, dates, shares and marked passages of a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from matcher.domain.facts import Evidence
from matcher.domain.match import Match, Part, Reason
from matcher.domain.posting import PostingKind
from matcher.domain.worker import WorkStatus
from matcher.wording.masks import masked_id as masked_id
from matcher.wording.masks import masked_phone as masked_phone
from web.charts import effect_bar, ring, share_bar
from web.phrases import language, t, wording

CHINA = timezone(timedelta(hours=8))
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def day_text(day: date | str | None) -> str:
    """A date as people write it; "" where there is none."""
    if not day:
        return ""
    return wording().text("PAGE_DAY", day_on=day if isinstance(day, str) else day.isoformat())


def moment_text(moment: datetime | None) -> str:
    """A moment in the time of the office."""
    return "" if moment is None else moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def session_text(starts_at: str) -> str:
    """The start of a guidance session with its weekday."""
    if not starts_at:
        return t("PAGE_NO_SLOT")
    start = datetime.fromisoformat(starts_at)
    return t(
        "PAGE_SESSION_AT",
        day_on=starts_at[:10],
        weekday=t(f"PAGE_DAY_{WEEKDAYS[start.weekday()]}"),
        time=starts_at[11:16],
    )


def hundred(share: float) -> str:
    """A share in [0, 1] as 0–100."""
    return f"{100 * share:.0f}"


def points(effect: float) -> str:
    """The effect of a reason in hundredths, with its sign; nothing has no sign."""
    text = f"{100 * effect:+.1f}"
    return "0" if text in {"+0.0", "-0.0"} else text.replace("-", "−")


def named(kind: str, code: str) -> str:
    """The name of a code of the reference tables."""
    return wording().names(kind, code, language())


def evidence_text(evidence: Iterable[Evidence]) -> str:
    """What a fact or reason rests on, as far as it may be shown."""
    return "；".join(dict.fromkeys(one.shown() for one in evidence))


def passages(text: str, evidence: Iterable[Evidence]) -> list[tuple[str, bool]]:
    """A text cut into passages, those a fact rests on marked."""
    marked = bytearray(len(text))
    for one in evidence:
        start = one.start if one.start is not None and text.startswith(one.words, one.start) else text.find(one.words)
        if one.words and start >= 0:
            marked[start : start + len(one.words)] = b"\x01" * len(one.words)
    cut: list[tuple[str, bool]] = []
    for letter, flag in zip(text, marked, strict=True):
        if cut and cut[-1][1] == bool(flag):
            cut[-1] = (cut[-1][0] + letter, cut[-1][1])
        else:
            cut.append((letter, bool(flag)))
    return cut


def reasons_of(match: Match, part: str) -> list[Reason]:
    """The reasons of one part, the strongest first, the starting value last."""
    lines = [reason for reason in match.reasons if reason.part == Part(part)]
    return sorted(lines, key=lambda reason: (reason.code.startswith("BASE"), -abs(reason.effect), reason.code))


def reason_text(reason: Reason) -> str:
    """The sentence of a reason."""
    return wording().text(reason.code, **reason.args)


def largest_effect(match: Match) -> float:
    """The longest bar of a card, so that the bars of one card compare."""
    return max((abs(reason.effect) for reason in match.reasons if not reason.code.startswith("BASE")), default=0.0)


def kind_name(kind: str) -> str:
    """The name of a kind of posting as stored."""
    return PostingKind(kind).name


def status_code(value: str) -> str:
    """The name of a work status as stored, UNKNOWN where there is none."""
    return WorkStatus(value).name if value else "UNKNOWN"


TEMPLATE_HELPERS = {
    "status_code": status_code,
    "kind_name": kind_name,
    "day_text": day_text,
    "moment_text": moment_text,
    "session_text": session_text,
    "hundred": hundred,
    "points": points,
    "named": named,
    "evidence_text": evidence_text,
    "passages": passages,
    "reasons_of": reasons_of,
    "reason_text": reason_text,
    "largest_effect": largest_effect,
    "effect_bar": effect_bar,
    "share_bar": share_bar,
    "ring": ring,
}
