"""Posting → PostingFacts.

In: a posting as delivered and the reading tools. Out: what its columns and texts say. A column wins over the text;
an open column (不限) gives way to a limit in the text; both disagreements are marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.localtime import hours_between
from matcher.domain.posting import AgeLimit, Posting, PostingFacts, Shift, Wage
from matcher.domain.worker import Education
from matcher.reading.adverts import asked, phrases
from matcher.reading.adverts.hazards import SEATED, read_burden, read_load, sitting
from matcher.reading.adverts.jobs import read_jobs
from matcher.reading.adverts.optional_papers import as_learner
from matcher.reading.adverts.schedule import Hours, read_days_off, read_hours
from matcher.reading.adverts.season import read_season
from matcher.reading.adverts.tasks import in_context
from matcher.reading.age import ages_alone, read_age_passage
from matcher.reading.conduct import read_conduct, read_limits
from matcher.reading.education import read_education_passage
from matcher.reading.passages import Passage, passages
from matcher.reading.pay import PayAssumptions, office_assumptions, pay_alone, pay_of_learners, read_pay_passage
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words as word_list
from matcher.reference.lexicon import Lexicon, Occupation

TITLE, WAGE, AGE, EDUCATION, DESCRIPTION = "岗位名称", "薪资待遇", "年龄要求", "学历要求", "岗位描述"
_HOURS, _BOARD, _INSURANCE, _PLACE = "工作时间", "食宿", "社会保险", "工作地点"
_UNKNOWN: Fact[Education] = Fact()
SMALL_HOURS_END, NIGHT_BEGINS = 4 * 60, 22 * 60
"""Minutes after midnight; street sweepers and bakers who begin at half past four work by day."""
_LATE_MORNING = 11 * 60
"""Who begins by then works by day, whenever it ends."""
_LONGEST = 16
"""The most hours one works a day."""
_OPENINGS = "招聘人数"
_ALL_YEAR = re.compile(word_list("season.all_year"))
_NOBODY = re.compile(r"[0０](?:\.0)?\s*[人名个]?")


@dataclass(frozen=True, slots=True)
class _Advert:
    """The texts of a posting by column; those that are empty are missing."""

    texts: tuple[Passage, ...]

    def column(self, field: str) -> Passage | None:
        """One column, None where it is empty."""
        return next((passage for passage in self.texts if passage.field == field), None)

    def free(self, *, title: bool = True) -> tuple[Passage, ...]:
        """The running texts."""
        fields = (TITLE, DESCRIPTION) if title else (DESCRIPTION,)
        return tuple(passage for passage in self.texts if passage.field in fields)

    def columns(self, *fields: str) -> tuple[Passage, ...]:
        """Some columns, in the order given."""
        return tuple(passage for field in fields for passage in self.texts if passage.field == field)


def _advert(posting: Posting) -> _Advert:
    """The columns that are read, the special ones before the running text."""
    return _Advert(
        passages(
            (
                (WAGE, posting.wage_text),
                (EDUCATION, posting.education_text),
                (AGE, posting.age_text),
                (asked.SEX_COLUMN, posting.sex_text),
                (asked.CERTIFICATE_COLUMN, posting.certificate_text),
                (asked.EXPERIENCE_COLUMN, posting.experience_text),
                (_HOURS, posting.hours_text),
                (_BOARD, posting.board_text),
                (_INSURANCE, posting.insurance_text),
                ("劳动强度", posting.load_text),
                (_PLACE, posting.place.text),
                (TITLE, posting.title),
                (DESCRIPTION, posting.description),
            )
        )
    )


def read_posting(posting: Posting, tools: ReadingTools, *, assumptions: PayAssumptions | None = None) -> PostingFacts:
    """What a posting says."""
    advert = _advert(posting)
    linker, lexicon = tools.linker, tools.lexicon
    named, several = read_jobs(advert.column(TITLE), advert.column(DESCRIPTION), linker)
    occupations = in_context(named, posting.title, (posting.employer, posting.kind.value, posting.place.text))
    occupations = as_learner(occupations, advert.columns(asked.CERTIFICATE_COLUMN, TITLE, DESCRIPTION))
    occupations = _as_placed(posting, occupations, lexicon)
    occupation = lexicon.occupations.get(occupations[0].code) if occupations else None
    words = occupations[0].evidence if occupations else ()
    statements = phrases.read_statements(advert.columns(_HOURS, _BOARD, _INSURANCE, TITLE, WAGE, DESCRIPTION, _PLACE))
    choice = phrases.flag(statements, "shift_choice")
    hours = read_hours(advert.columns(_HOURS, TITLE, DESCRIPTION), one_shift=bool(choice.value))
    shift = _shift(phrases.shift(statements), hours, choice)
    working = advert.columns(TITLE, "劳动强度", _HOURS, DESCRIPTION)
    night = phrases.flag(statements, "night")
    load = read_load(advert.texts, occupation, named=words)
    burden = read_burden(working, lexicon, occupation, named=words, shift=shift, night=night)
    if load.value == SEATED and load.evidence and load.evidence != words:
        burden = sitting(burden, load.evidence[0])
    season = read_season(advert.columns(_HOURS, TITLE, DESCRIPTION), since=posting.published_on)
    all_year = any(_ALL_YEAR.search(passage.text) for passage in advert.free())
    if season.value is None and occupation is not None and occupation.season and not all_year:
        season = Fact(occupation.season, words)
    days_off = read_days_off(advert.texts)
    lodging, live_in = phrases.flag(statements, "lodging"), phrases.flag(statements, "live_in")
    if lodging.value is None and live_in.value:
        lodging = live_in
    return PostingFacts(
        occupations=occupations,
        wage=_wage(advert, _spent(hours, assumptions or office_assumptions())),
        age=_age(advert, posting),
        education=_education(advert),
        sex_asked=asked.read_sex_asked(advert.columns(asked.SEX_COLUMN, TITLE, DESCRIPTION)),
        ethnic_asked=asked.read_ethnic_asked(advert.free()),
        skills=asked.read_skills_asked(advert.columns(asked.CERTIFICATE_COLUMN, TITLE, DESCRIPTION), linker, lexicon),
        experience_years=asked.read_experience(advert.columns(asked.EXPERIENCE_COLUMN, TITLE, DESCRIPTION)),
        load=load,
        hazards=burden.present,
        hazards_absent=burden.absent,
        shift=shift,
        start_minute=hours.start,
        end_minute=hours.end,
        hours_per_day=hours.per_day,
        rest_days_per_month=days_off if days_off.value is not None else phrases.rest_days(statements),
        overtime=phrases.flag(statements, "overtime"),
        board=phrases.flag(statements, "board"),
        lodging=lodging,
        live_in=_live_in(live_in, lodging, occupation),
        at_home=phrases.flag(statements, "at_home"),
        anywhere=phrases.flag(statements, "anywhere"),
        filled=_filled(posting, phrases.flag(statements, "filled")),
        insurance=_insurance(advert, phrases.flag(statements, "insurance")),
        contract=phrases.flag(statements, "contract"),
        mandarin_needed=phrases.flag(statements, "mandarin_needed"),
        mongolian_ok=phrases.flag(statements, "mongolian_ok"),
        couples=phrases.flag(statements, "couples"),
        couples_only=phrases.flag(statements, "couples_only"),
        disabled_welcome=phrases.flag(statements, "disabled_welcome"),
        written_only=phrases.flag(statements, "written_only"),
        seated=phrases.flag(statements, "seated"),
        halal=phrases.flag(statements, "halal"),
        shuttle=phrases.flag(statements, "shuttle"),
        trained_on_job=phrases.flag(statements, "trained_on_job"),
        season=season,
        conduct=read_conduct(advert.texts),
        limits=read_limits(advert.texts),
        several_jobs=several or posting.several_jobs,
    )


def _as_placed(posting: Posting, read: tuple[LinkedTerm, ...], lexicon: Lexicon) -> tuple[LinkedTerm, ...]:
    """The occupation staff have placed the title in goes before what was read."""
    code = posting.occupation_placed
    if code not in lexicon.occupations:
        return read
    own = LinkedTerm(code, (Evidence(TITLE, posting.title, start=0),))
    return (own, *(term for term in read if term.code != code))


def _spent(hours: Hours, assumptions: PayAssumptions) -> PayAssumptions:
    """The assumptions with the hours a day the advert states; a window shorter than a usual day has no break in it."""
    stated, usual = hours.per_day.value, assumptions.hours_per_day
    if stated is None and hours.start.value is not None and hours.end.value is not None:
        stated = min(hours_between(hours.start.value, hours.end.value) or usual, usual)
    return replace(assumptions, hours_per_day=stated) if stated and stated <= _LONGEST else assumptions


def _wage(advert: _Advert, assumptions: PayAssumptions) -> Wage | None:
    """The column's pay, else that of title or text; pay that does not overlap is a contradiction."""
    column = advert.column(WAGE)
    stated = read_pay_passage(column, free=False, assumptions=assumptions) if column else None
    told = (read_pay_passage(passage, free=True, assumptions=assumptions) for passage in advert.free())
    text = next((wage for wage in told if wage is not None and wage.low is not None), None)
    if text is None and stated is None:
        text = next((wage for passage in advert.free(title=False) if (wage := pay_alone(passage)) is not None), None)
    if column is not None and text is not None and pay_of_learners(column):
        return text
    if stated is None or (stated.low is None and stated.high is None and text is not None):
        return text
    if text is not None and _apart(stated, text):
        return replace(stated, evidence=stated.evidence + text.evidence, contradicted=True)
    return stated


def _apart(one: Wage, other: Wage) -> bool:
    """Whether two ranges of pay have no value in common."""
    return (one.high is not None and other.low is not None and other.low > one.high) or (
        other.high is not None and one.low is not None and other.high < one.low
    )


def _age(advert: _Advert, posting: Posting) -> AgeLimit | None:
    """The column's limit, else the text's."""
    column = advert.column(AGE)
    stated = read_age_passage(column, free=False, on=posting.published_on) if column else None
    told = (read_age_passage(passage, free=True, on=posting.published_on) for passage in advert.free())
    text = next((limit for limit in told if limit is not None), None)
    if text is None or text.high is None:
        text = _with_end(text, _ages_alone(advert))
    if stated is None or text is None:
        return stated or text
    if (stated.low, stated.high) == (text.low, text.high) or (text.low is None and text.high is None):
        return stated
    chosen = text if stated.low is None and stated.high is None else stated
    return replace(chosen, evidence=stated.evidence + text.evidence, contradicted=True)


def _with_end(told: AgeLimit | None, alone: AgeLimit | None) -> AgeLimit | None:
    """What is told with a word of age, with the end that stands alone: 18周岁以上，50以里."""
    if alone is None or told is None or told.low is None:
        return alone or told
    return told if alone.low is not None else replace(told, high=alone.high, evidence=told.evidence + alone.evidence)


def _ages_alone(advert: _Advert) -> AgeLimit | None:
    """Ages that stand alone between commas: “站着干，18-50，不会可教”, “干净的，55以下，别抽烟”."""
    told = (ages_alone(passage) for passage in advert.free(title=False))
    return next((limit for limit in told if limit is not None), None)


def _education(advert: _Advert) -> Fact[Education]:
    """The column's level, else the text's."""
    column = advert.column(EDUCATION)
    stated = read_education_passage(column, free=False) if column else _UNKNOWN
    told = (read_education_passage(passage, free=True) for passage in advert.free(title=False))
    text = next((fact for fact in told if fact.value is not None), _UNKNOWN)
    if stated.value is None or text.value is None or stated.value == text.value:
        return stated if stated.value is not None else text
    open_column, open_text = stated.value is Education.ILLITERATE, text.value is Education.ILLITERATE
    if open_text:
        return stated
    return Fact((text if open_column else stated).value, stated.evidence + text.evidence, contradicted=True)


def _shift(stated: Fact[Shift], hours: Hours, choice: Fact[bool]) -> Fact[Shift]:
    """Who may choose a shift works by day; two full shifts in the working hours are rotating work."""
    if choice.value and stated.value is not Shift.FLEXIBLE:
        return Fact(Shift.DAY, choice.evidence)
    if hours.several_shifts is not None and stated.value in (None, Shift.DAY):
        return Fact(Shift.ROTATING, (hours.several_shifts,))
    if stated.value is None and hours.start.value is not None and hours.end.value is not None:
        return _shift_by_window(hours.start.value, hours.end.value, hours.start)
    if stated.value is None and hours.start.value is not None and SMALL_HOURS_END <= hours.start.value < _LATE_MORNING:
        return Fact(Shift.DAY, hours.start.evidence)
    return stated


def _shift_by_window(start: int, end: int, evidence: Fact[int]) -> Fact[Shift]:
    """Work that crosses midnight or begins in the small hours is night work, else it is done by day up to ten."""
    if end <= start or start < SMALL_HOURS_END:
        return Fact(Shift.NIGHT, evidence.evidence)
    return Fact(Shift.DAY, evidence.evidence) if end <= NIGHT_BEGINS else Fact()


def _live_in(stated: Fact[bool], lodging: Fact[bool], occupation: Occupation | None) -> Fact[bool]:
    """Whoever is given a bed where animals are kept lives with them, unless the advert says otherwise."""
    with_animals = occupation is not None and occupation.live_in and "livestock" in occupation.hazards
    if stated.value is None and lodging.value and with_animals:
        return Fact(True, lodging.evidence)
    return stated


def _insurance(advert: _Advert, stated: Fact[bool]) -> Fact[bool]:
    """The column 社会保险 may only say 有, 无 or 是, 否."""
    column = advert.column(_INSURANCE)
    if column is None or (stated.value is not None and stated.evidence[0].field == _INSURANCE):
        return stated
    word = column.text.strip()
    if word in ("有", "是", "缴纳", "交", "上", "办理", "参保", "无", "否", "不交", "没有", "不缴", "不上"):
        return Fact(word in ("有", "是", "缴纳", "交", "上", "办理", "参保"), (column.evidence(0, len(column.text)),))
    return stated


def _filled(posting: Posting, stated: Fact[bool]) -> Fact[bool]:
    """Whether the advert says that nobody is wanted any more, in words or as a head count of nought."""
    counted = passages([(_OPENINGS, posting.openings_text)])
    if stated.value is None and _NOBODY.fullmatch(posting.openings_text.strip()):
        return Fact(True, (Evidence(_OPENINGS, posting.openings_text),))
    return stated if stated.value is not None else phrases.flag(phrases.read_statements(counted), "filled")
