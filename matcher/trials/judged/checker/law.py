"""Rules of law, of the advert and of conduct: age, papers, schooling, pay, public-welfare posts.

In: a pair. Out: whether the rule is broken for certain.
"""

from __future__ import annotations

from matcher.trials.judged.checker.facts import education_rank, lacks, licence_words, minimum_wage
from matcher.trials.judged.checker.pair import CARE, Pair

BUILDING = frozenset({"construction_skilled", "construction_labour"})
SPECIAL_OPERATION = ("焊", "电工", "高处", "登高", "特种作业", "架子", "制冷")
LONG_DAY = int(10.5 * 60)
"""Minutes on the spot, breaks included, from which a day certainly holds overtime."""
FULL_DAY = 7 * 60


def closed(pair: Pair) -> bool:
    """Expired, stale, filled, or with a fee, deposit, kept papers, a lure or too little pay."""
    return bool(pair.posting.closed)


def nothing_to_be_sent(pair: Pair) -> bool:
    """The track carries no postings, or nothing may be sent before something is asked."""
    return not pair.person.owed_postings or bool({"NOT_SEEKING", "INFO_INSUFFICIENT"} & pair.limits.keys())


def under_sixteen(pair: Pair) -> bool:
    """Nobody under sixteen works."""
    return pair.age < 16 or "UNDER_16" in pair.limits


def outside_the_ages_asked(pair: Pair) -> bool:
    """Outside the ages the advert asks for; an unknown age passes."""
    low, high = pair.posting.age
    age = pair.person.age
    return age is not None and ((low is not None and age < low) or (high is not None and age > high))


def building_site_past_its_age(pair: Pair) -> bool:
    """Shanghai, Tianjin, Huanggang: men from 60, women from 50; heavy or high work 55 and 45."""
    barred = pair.posting.county.startswith(("31", "12", "4211")) and bool(BUILDING & pair.posting.families)
    hard = (pair.posting.load or 0) >= 4 or "H" in pair.posting.hazards
    woman = pair.person.row.get("性别", "") == "女"
    return barred and pair.age >= ((45 if woman else 55) if hard else (50 if woman else 60))


def special_operation_past_its_age(pair: Pair) -> bool:
    """Beyond the stepwise retirement age of 2026, which is past 60 and under 61 for men."""
    asked = any(word in paper for paper in pair.posting.papers for word in SPECIAL_OPERATION)
    return asked and (pair.age >= 61 or pair.age < 18)


def too_little_schooling(pair: Pair) -> bool:
    """Less schooling than asked for; a guard needs junior school by law."""
    own, asked = education_rank(pair.person.education), education_rank(pair.posting.education)
    guard = "security_guard" in pair.posting.families and own is not None and own < (education_rank("初中") or 0)
    return guard or (own is not None and asked is not None and own < asked)


def paper_missing(pair: Pair) -> bool:
    """A required paper is not held, or held no more."""
    return bool(lacks(pair.person.papers, pair.posting.papers))


def licensed_work_that_is_closed(pair: Pair) -> bool:
    """NO_LICENSED_x: the named licence will not be given."""
    if "NO_LICENSED" not in pair.limits or not pair.posting.papers:
        return False
    named = [word for value in pair.limits["NO_LICENSED"] for word in licence_words(str(value))]
    return not named or any(word in paper for word in named for paper in pair.posting.papers)


def too_heavy_for_weak_labour(pair: Pair) -> bool:
    """Weak or half labour does light work."""
    return pair.person.weak and (pair.posting.load or 0) > 2


def overtime(pair: Pair) -> bool:
    """A day that certainly holds overtime."""
    bound = {"NO_OVERTIME", "LACTATION"} & pair.limits.keys()
    return bool(bound) and (pair.minutes_on_the_spot or 0) > LONG_DAY


def infant_at_home(pair: Pair) -> bool:
    """A mother of an infant does not live at work."""
    return "LACTATION" in pair.limits and bool(pair.posting.live_in)


def public_post_for_the_able(pair: Pair) -> bool:
    """Weak or half labour, or bound to the home; skilled labour never."""
    if pair.posting.kind != "公益性岗位":
        return False
    skilled = "技能" in pair.person.row.get("劳动技能", "")
    bound = pair.person.home_daily or bool(CARE & pair.limits.keys())
    return skilled or not (pair.person.weak or bound)


def under_the_minimum_wage(pair: Pair) -> bool:
    """Full work for less than the monthly minimum of the place; home and public-welfare work are paid otherwise."""
    least, spent = minimum_wage(pair.posting.county), pair.minutes_on_the_spot
    full = spent is None or spent >= FULL_DAY
    if least is None or pair.posting.pay is None or pair.posting.home_work or pair.posting.kind == "公益性岗位":
        return False
    return full and pair.posting.pay[1] < least


def no_common_language(pair: Pair) -> bool:
    """Lives by talking Mandarin, which the person does not speak well."""
    foreign = pair.person.mandarin is False or "LANG_MN_PREFERRED" in pair.limits
    return foreign and pair.posting.talk >= 2 and not pair.posting.mongolian_ok
