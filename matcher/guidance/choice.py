"""Which posting to go to first and why, what the three pay against the wish, and the sentence to say there.

In: the situation. Out: phrases made of the strongest lines of the first posting's scorecard and the person's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from matcher.domain.facts import Phrase
from matcher.domain.match import Reason
from matcher.domain.plan import Track
from matcher.guidance.case import (
    Args,
    Situation,
    asked_skills,
    fitting_skills,
    lowest_pay,
    named,
    ride,
    years_said,
)

MOST_WHYS = 3


def opening(case: Situation) -> Phrase:
    """Where things stand in the person's own words, and the first choice with the reasons for it."""
    if case.track is Track.SCHOOL_RETURN:
        return _school(case)
    first = case.first
    if first is None:
        return _nothing_yet(case)
    if case.track is Track.STABILISE:
        return Phrase("GUIDE_KEEP", {**named(first), "said": _present_work(case)}, parts=tuple(_whys(case))[:2])
    if case.track is Track.PUBLIC_POST_EXIT:
        until = case.worker.public_post_until
        args = {**named(first), "until_on": until.isoformat() if until else "", "said": case.said("PUBLIC_POST_HELD")}
        return Phrase("GUIDE_EXIT" if until else "GUIDE_EXIT_SOON", args, parts=tuple(_whys(case))[:2])
    return Phrase("GUIDE_FIRST_CHOICE", named(first), parts=(*_whys(case), *_wish_open(case)))


def _wish_open(case: Situation) -> Iterator[Phrase]:
    """The wished work, where none of the postings is that or like it."""
    if case.wish_words and all(WISH_MET.isdisjoint(sheet) for sheet in case.sheets):
        yield Phrase("CLAUSE_WISH_OPEN", {"goal": case.wish_words})


def _present_work(case: Situation) -> str:
    """The work somebody has now, in the words of the roster."""
    told = (case.said("CONTRACT_ENDS"), case.own.now(), case.said("ALREADY_WORKING"), case.said("PUBLIC_POST_HELD"))
    words = list(dict.fromkeys(filter(None, told)))
    if len(words) > 1 and not (words[0] in words[1] or words[1] in words[0]):
        return f"{words[1]}，{words[0]}"
    return max(words[:2], key=len, default="")


def _school(case: Situation) -> Phrase:
    """School before work."""
    said = case.said("LEFT_SCHOOL") or case.said("IN_SCHOOL") or case.worker.school_status
    level = case.facts.education.value
    parts = [Phrase("CLAUSE_SCHOOL_ON", {"education": level.name})] if level is not None else []
    if case.wish_words:
        parts.append(Phrase("CLAUSE_SCHOOL_TRADE", {"said": case.wish_words}))
    return Phrase("GUIDE_SCHOOL", {"name": case.worker.name, "said": said}, parts=tuple(parts))


def _nothing_yet(case: Situation) -> Phrase:
    """Nothing suitable now: what was wished, and what it has to go with."""
    hours = case.hours
    parts = [hours] if hours else []
    needs = case.needs
    if needs:
        parts.append(Phrase("CLAUSE_NEEDS", {"constraint": needs}))
    if case.place_words:
        parts.append(Phrase("CLAUSE_PLACE_WISH", {"said": case.place_words}))
    done = case.work
    if done:
        args: Args = {"done": done[0].occupation, "for_years": years_said(done[0].years)}
        parts.append(Phrase("CLAUSE_NOT_LOST", args))
    code = "GUIDE_KEEP_ONLY" if case.track in {Track.STABILISE, Track.PUBLIC_POST_EXIT} else "GUIDE_NOTHING_YET"
    args = {"place": case.place, "goal": case.wish_words, "said": _present_work(case)}
    return Phrase(code, args, parts=tuple(parts))


def _whys(case: Situation) -> Iterator[Phrase]:
    """The strongest reasons for the first choice, one of a kind; what cannot be done without before the rest."""
    both = _done_and_wished(case)
    if both is not None:
        yield both
    yield from islice(_other_whys(case, said=DONE_AND_WISHED if both else frozenset()), MOST_WHYS - bool(both))


def _other_whys(case: Situation, said: frozenset[str]) -> Iterator[Phrase]:
    """Clauses for the lines that speak for the first choice, but for those of codes that are `said` already."""
    lines = case.first.reasons if case.first else ()
    if case.limit("NEED_LODGING") is not None:
        lines = tuple(sorted(lines, key=lambda line: line.code != "LODGING_GIVEN"))
    for line in lines:
        clause = _why(case, line) if line.effect > 0 and line.code not in said else None
        if clause is not None:
            yield clause


SAME_WORK = frozenset({"EXPERIENCE_SAME", "EXPERIENCE_SAME_YEARS"})
KNOWN_WORK = SAME_WORK | {"EXPERIENCE_NEAR"}
DONE_AND_WISHED = SAME_WORK | {"WISH_EXACT"}
WISH_MET = DONE_AND_WISHED | {"WISH_NEAR"}


def _done_and_wished(case: Situation) -> Phrase | None:
    """The first posting's work was done before and is wished for, said at once."""
    reasons = case.first.reasons if case.first else ()
    same = next((item for item in reasons if item.code in SAME_WORK and item.effect > 0), None)
    if same is None or not any(item.code == "WISH_EXACT" for item in reasons):
        return None
    done = next((item for item in case.work if item.occupation == same.args.get("done")), None)
    if done is None:
        return None
    args: Args = {"done": done.occupation, "for_years": years_said(done.years), "said": case.wish_words}
    return Phrase("WHY_SAME_AND_WISHED", args)


def _why(case: Situation, reason: Reason) -> Phrase | None:
    """One line of the scorecard in plain words."""
    if reason.code in KNOWN_WORK:
        done = next((item for item in case.work if item.occupation == reason.args.get("done")), None)
        if done is None:
            return None
        code = "WHY_NEAR_WORK" if reason.code == "EXPERIENCE_NEAR" else "WHY_SAME_WORK"
        return Phrase(code, {"done": done.occupation, "for_years": years_said(done.years)})
    if reason.code in {"WISH_EXACT", "WISH_NEAR"}:
        said = case.wish_words
        return Phrase(f"WHY_{reason.code}", {"said": said, "wished": reason.args.get("wished")})
    if reason.code in _ADVERT:
        first = case.first
        place = first.posting.place if first else ""
        return Phrase(f"WHY_{reason.code}", {**reason.args, "place": place, "said": case.place_words})
    return None


_ADVERT = frozenset(
    {
        "PLACE_DAILY",
        "PLACE_SAME_TOWNSHIP",
        "PLACE_AT_HOME",
        "PLACE_WISHED",
        "LODGING_GIVEN",
        "MEALS_GIVEN",
        "SHIFT_DAY",
        "SHIFT_PART_TIME",
        "SHIFT_FLEXIBLE",
        "PAY_MEETS_WISH",
        "PAPERS_HELD",
        "LANGUAGE_MONGOLIAN_OK",
        "STEADY",
    }
)
"""Lines of the scorecard that speak of the advert and are said in a clause of their own."""


def pay_against_wish(case: Situation) -> Phrase | None:
    """What the postings of the plan really pay, against what was wished."""
    if not case.matches:
        return None
    wish, parts, low = case.facts.wage_wish, [], []
    for match in case.matches:
        pay = lowest_pay(match)
        args: Args = {"title": match.posting.title, "pay": pay}
        parts.append(Phrase("PAY_FROM" if pay is not None else "PAY_OPEN", args))
        low += [pay] if pay is not None else []
    if wish is None:
        return Phrase("PAY_NO_WISH", parts=tuple(parts))
    if low:
        gap = wish.yuan_per_month - max(low)
        enough = sum(pay >= wish.yuan_per_month for pay in low)
        verdict = Phrase("PAY_SHORT", {"gap": gap}) if not enough else Phrase("PAY_ENOUGH", {"count": enough})
        parts.append(verdict)
    said = case.own.of(wish.evidence)
    return Phrase("PAY_WISH", {"wish": wish.yuan_per_month, "said": said}, parts=tuple(parts))


def interview_sentence(case: Situation) -> Phrase | None:
    """One sentence to say at the first posting, of what the person has done and needs; None if nothing."""
    first = case.first
    if first is None or case.track is Track.SCHOOL_RETURN:
        return None
    args: Args = {"title": first.posting.title}
    told = next((item for item in first.reasons if item.code.startswith(("EXPERIENCE_SAME", "EXPERIENCE_NEAR"))), None)
    done = case.work
    best = next((item for item in done if told and item.occupation == told.args.get("done")), None)
    clauses = list(_say_more(case))
    if best is not None:
        args |= {"done": best.occupation, "for_years": years_said(best.years)}
        return Phrase("SAY_WORK", args, parts=(*clauses[:2], Phrase("SAY_END", args)))
    if done:
        clauses.insert(
            0, Phrase("SAY_OTHER_WORK", {"done": done[0].occupation, "for_years": years_said(done[0].years)})
        )
    unread = "" if case.work else case.own.stated("工作经历")
    if unread:
        clauses.insert(0, Phrase("SAY_TOLD", {"words": unread}))
    if not clauses:
        return None
    end = Phrase("SAY_END" if unread else "SAY_TRY", args)
    return Phrase("SAY_FROM", {**args, "place": case.place}, parts=(*clauses[:3], end))


def _say_more(case: Situation) -> Iterator[Phrase]:
    """What else is worth saying at the door: skills, papers, hours, what to leave out, how one gets there."""
    skills = [item.skill for item in (asked_skills(case) if case.work else fitting_skills(case))[:2]]
    if skills:
        yield Phrase("SAY_SKILLS", {"skill": " ".join(skills)})
    papers = [item.skill for item in case.papers[:2]]
    if papers:
        yield Phrase("SAY_PAPERS", {"certificate": " ".join(papers)})
    hours = case.hours
    if hours is not None and hours.code != "CLAUSE_DAY_RETURN":
        yield hours
    if case.facts.mongolian_first.value:
        yield Phrase("SAY_MONGOLIAN")
    if case.said("READY_NOW"):
        yield Phrase("SAY_READY", {"said": case.said("READY_NOW")})
    if case.facts.willing_to_move.value and case.first_says("PLACE_AWAY", "PLACE_WISHED", "PLACE_FAR"):
        yield Phrase("SAY_MOVES")
    vehicle = ride(case)
    if vehicle is not None:
        yield Phrase("SAY_RIDE", {"vehicle": vehicle.name})
