"""The blocks on the front of a match sheet: a posting each, and the class.

In: matches and the class of a plan. Out: `Block`s; what a block leaves out of the questions to the employer is given
back by `left_asks` for the other side.
"""

from __future__ import annotations

from matcher.domain.match import Match
from matcher.domain.plan import TrainingChoice, TrainingView
from matcher.domain.posting import PostingKind
from matcher.domain.training import TrainingMode
from web.papers.discretion import discreet_clauses, is_discreet
from web.papers.fitting import Limits
from web.papers.speaker import Speaker
from web.papers.views import Block, Line

TOLD_WITH_PLACE = "PLACE_DAILY"
"""The reason that already stands on the line of the place."""


def posting_block(speaker: Speaker, match: Match, limits: Limits) -> Block:
    """One posting: pay and place first, then what is asked, why it suits, what to ask, whom to call."""
    view = match.posting
    lines = [
        Line(speaker.text("PAPER_PAY"), speaker.wording.say(view.wage)),
        Line(speaker.text("PAPER_PLACE"), place_line(speaker, match)),
        Line(speaker.text("PAPER_TERMS"), _terms(speaker, match), small=True),
    ]
    if duties := discreet_clauses(view.duties):
        lines.append(Line(speaker.text("PAPER_DUTIES"), duties, small=True))
    if view.needs:
        needs = speaker.joined(map(speaker.wording.say, view.needs))
        lines.append(Line(speaker.text("PAPER_NEEDS"), needs, small=True))
    reasons = reasons_of(speaker, match)[: limits.reasons]
    if reasons:
        lines.append(Line(speaker.text("PAPER_WHY"), speaker.joined(reasons)))
    asks = asks_of(speaker, match)[: limits.asks]
    if asks:
        lines.append(Line(speaker.text("PAPER_ASK"), speaker.joined(asks), small=True))
    lines.append(Line(speaker.text("PAPER_CONTACT"), contact(speaker, match)))
    return Block(
        speaker.text("PAPER_MARK", rank=match.rank), view.title, _flag(speaker, match), view.employer, tuple(lines)
    )


def _flag(speaker: Speaker, match: Match) -> str:
    """“Go there first”, that it was agreed at the desk, or that it has closed since."""
    if match.posting_key in speaker.case.closed:
        return speaker.text("PAPER_CLOSED")
    first = match.first_choice and len(speaker.plan.matches) > 1
    flags = [speaker.text("PAPER_FIRST")] if first else []
    return " · ".join([*flags, speaker.text("PAPER_AGREED")] if match.by_hand else flags)


def place_line(speaker: Speaker, match: Match) -> str:
    """Where, how far from home, and whether one is back at night."""
    place = match.posting.place or speaker.text("PAPER_PLACE_UNKNOWN")
    daily = next((reason for reason in match.reasons if reason.code == TOLD_WITH_PLACE), None)
    if daily is not None:
        return speaker.text("PAPER_PLACE_DAILY", place=place, way=speaker.wording.text(daily.code, **daily.args))
    if match.distance_km is None:
        return speaker.text("PAPER_PLACE_ONLY", place=place)
    if match.minutes is None:
        return speaker.text("PAPER_PLACE_KM", place=place, km=match.distance_km)
    return speaker.text("PAPER_PLACE_WAY", place=place, km=match.distance_km, minutes=match.minutes)


def _terms(speaker: Speaker, match: Match) -> str:
    """Hours, board and lodging, insurance, head count and deadline; the kind where it is not the open market."""
    view = match.posting
    stated = (("PAPER_HOURS", view.hours), ("PAPER_BOARD", view.board), ("PAPER_INSURANCE", view.insurance))
    parts = [speaker.text(code, text=speaker.wording.say(phrase)) for code, phrase in stated]
    kind = PostingKind(view.kind)
    if kind is not PostingKind.MARKET:
        parts.append(speaker.text(f"PAPER_KIND_{kind.name}"))
    if view.openings is not None:
        parts.append(speaker.text("PAPER_OPENINGS", openings=view.openings))
    if view.deadline:
        parts.append(speaker.short_day("PAPER_DEADLINE", view.deadline))
    if view.verified:
        how = speaker.text(f"HOW_{view.verified_how}") if view.verified_how else ""
        parts.append(speaker.short_day("PAPER_VERIFIED", view.verified, by=view.verified_by, how=how))
    return speaker.joined(parts)


def reasons_of(speaker: Speaker, match: Match) -> list[str]:
    """Why it suits, strongest first; a sentence that may not be printed is left out."""
    speaking = (line for line in match.reasons if line.effect > 0 and line.code not in {"BASE", TOLD_WITH_PLACE})
    found = (speaker.wording.text(line.code, **line.args) for line in speaking)
    return list(dict.fromkeys(sentence for sentence in found if is_discreet(sentence)))


def asks_of(speaker: Speaker, match: Match) -> list[str]:
    """What to ask the employer before setting out."""
    return [sentence for sentence in map(speaker.wording.say, match.cautions) if is_discreet(sentence)]


def contact(speaker: Speaker, match: Match) -> str:
    """Whom to call for a posting; the window where the advert names nobody."""
    view = match.posting
    if view.phone:
        return speaker.text(
            "PAPER_CONTACT_NAMED" if view.contact else "PAPER_CONTACT_PHONE", contact=view.contact, phone=view.phone
        )
    return speaker.text("PAPER_CONTACT_WINDOW", phone=speaker.context.window_phone)


def left_asks(speaker: Speaker, limits: Limits) -> tuple[Line, ...]:
    """Questions to employers that the front had no room for."""
    lines = []
    for match in speaker.plan.matches:
        rest = asks_of(speaker, match)[limits.asks :]
        if rest:
            label = speaker.text("PAPER_MARK_TITLE", rank=match.rank, title=match.posting.title)
            lines.append(Line(label, speaker.joined(rest), small=True))
    return tuple(lines)


def class_block(speaker: Speaker, choice: TrainingChoice, limits: Limits) -> Block:
    """The class: when, where, what it costs and gives, why, how to sign up."""
    view = choice.training
    lines = [Line(speaker.text("PAPER_CLASS_TIME"), _class_time(speaker, view))]
    terms = [
        speaker.text("PAPER_CLASS_SUBSIDY", text=view.subsidy)
        if view.subsidy
        else speaker.text("PAPER_CLASS_FEE_UNKNOWN"),
        speaker.text("PAPER_CLASS_CERTIFICATE", text=view.certificate) if view.certificate else "",
        speaker.text("PAPER_CLASS_BOARD", text=view.board) if view.board else "",
    ]
    lines.append(Line(speaker.text("PAPER_TERMS"), speaker.joined(filter(None, terms)), small=True))
    why = [sentence for sentence in map(speaker.wording.say, choice.reasons) if is_discreet(sentence)]
    if why:
        lines.append(Line(speaker.text("PAPER_WHY"), speaker.joined(why[: max(limits.reasons, 1)])))
    lines.append(Line(speaker.text("PAPER_CLASS_ENROL"), _enrol(speaker, view)))
    return Block(
        speaker.text("PAPER_CLASS_MARK"), view.title, speaker.text("PAPER_CLASS_FLAG"), view.provider, tuple(lines)
    )


def _class_time(speaker: Speaker, view: TrainingView) -> str:
    """Dates, hours, mode and place of the class."""
    parts = []
    if view.starts_on:
        last = speaker.day(view.ends_on) if view.ends_on else ""
        code = "PAPER_CLASS_DATES" if last else "PAPER_CLASS_STARTS"
        parts.append(speaker.text(code, first=speaker.day(view.starts_on), last=last))
    else:
        parts.append(speaker.text("PAPER_CLASS_DATE_UNKNOWN"))
    if view.hours:
        parts.append(speaker.text("PAPER_CLASS_HOURS", hours=view.hours))
    if view.mode:
        parts.append(speaker.text(f"PAPER_CLASS_MODE_{TrainingMode(view.mode).name}"))
    parts.append(view.place or speaker.text("PAPER_PLACE_UNKNOWN"))
    return speaker.joined(parts)


def _enrol(speaker: Speaker, view: TrainingView) -> str:
    """How to sign up and until when."""
    phone = view.phone or speaker.context.window_phone
    if view.enrol_until:
        return speaker.short_day("PAPER_CLASS_ENROL_UNTIL", view.enrol_until, phone=phone)
    return speaker.text("PAPER_CLASS_ENROL_CALL", phone=phone)
