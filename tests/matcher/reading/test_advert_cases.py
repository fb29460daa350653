"""Tables of what adverts and classes say; at least 30 true and 15 tempting cases each."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.posting import Posting, PostingFacts, Wage
from matcher.domain.training import TrainingClass
from matcher.reading import load_tools, read_class, read_posting
from tests.matcher.reading.adverts.advert import facts_of
from tests.matcher.reading.case_tables import Case, cases_of, label

TABLES = Path(__file__).parent / "cases"
SOME_FACTS = ("live_in", "at_home", "mandarin_needed", "mongolian_ok", "couples", "disabled_welcome", "seated", "halal")
FLAGS = (
    *SOME_FACTS,
    "written_only",
    "board",
    "lodging",
    "insurance",
    "contract",
    "shuttle",
    "trained_on_job",
    "overtime",
    "filled",
)


def rows(table: str) -> pytest.MarkDecorator:
    """The cases of one table as parameters."""
    return pytest.mark.parametrize("case", cases_of(TABLES / f"{table}.csv"), ids=label)


def facts(case: Case, usual: str = "description") -> PostingFacts:
    """What is read of a posting with this text in one column."""
    return facts_of(**{case.field or usual: case.text})


def agrees(case: Case, found: set[str]) -> bool:
    """Whether all that is wanted and nothing that is barred was read."""
    return case.wanted() <= found and not case.barred() & found


@rows("adverts/title")
def test_the_work_a_title_names(case: Case) -> None:
    found = facts(case, "title").occupation
    assert agrees(case, {found}), found


@rows("adverts/task_titles")
def test_the_family_of_work_told_by_tasks_or_employer(case: Case) -> None:
    """Of several families after a slash any is right; `field` is the employer."""
    tools = load_tools()
    posting = Posting(ref="P", title=case.text, employer=case.field or "示例单位")
    entry = tools.lexicon.occupations.get(read_posting(posting, tools).occupation)
    found = entry.family if entry else ""
    assert found not in case.barred() if case.tempting else found in case.expect.split("/"), found


def _range(wage: Wage | None) -> str:
    """A range of pay as the tables write it."""
    if wage is None or (wage.low is None and wage.high is None):
        return "none"
    return "-".join("" if end is None else str(round(end)) for end in (wage.low, wage.high))


@rows("adverts/pay_column")
def test_pay_in_its_column(case: Case) -> None:
    assert _range(facts(case, "wage_text").wage) == case.expect


@rows("adverts/pay_text")
def test_pay_in_running_text(case: Case) -> None:
    assert _range(facts(case).wage) == case.expect


@rows("adverts/age_limit")
def test_age_limits(case: Case) -> None:
    limit = facts(case).age
    found = "none" if limit is None else f"{limit.low or ''}-{limit.high or ''}"
    assert found.replace("-", "") == "" if case.expect == "open" else found == case.expect, found


@rows("adverts/education_asked")
def test_schooling_asked_for(case: Case) -> None:
    assert facts(case).education.value == (None if case.tempting else int(case.expect))


@rows("adverts/experience_asked")
def test_years_of_experience_asked_for(case: Case) -> None:
    assert facts(case).experience_years.value == (None if case.tempting else float(case.expect))


@rows("adverts/papers_asked")
def test_papers_asked_for(case: Case) -> None:
    found = {f"{item.skill}{'!' if item.required else '?'}" for item in facts(case).skills}
    papers = {item for item in found if item.startswith(("cert", "licence", "qual", "health"))}
    assert not papers if case.tempting else agrees(case, papers), papers


@rows("adverts/shift")
def test_shifts(case: Case) -> None:
    shift = facts(case).shift.value
    assert (shift.value if shift else "none") == case.expect


@rows("adverts/hours")
def test_the_working_day(case: Case) -> None:
    read = facts(case)
    found = "none" if read.start_minute.value is None else f"{read.start_minute.value}-{read.end_minute.value}"
    assert found == case.expect


@rows("adverts/hours_a_day")
def test_hours_a_day(case: Case) -> None:
    assert facts(case).hours_per_day.value == (None if case.tempting else float(case.expect))


@rows("adverts/days_off")
def test_days_off(case: Case) -> None:
    assert facts(case).rest_days_per_month.value == (None if case.tempting else float(case.expect))


@rows("adverts/season")
def test_seasons(case: Case) -> None:
    season = facts(case).season.value
    assert ("-".join(map(str, season)) if season else "none") == case.expect


@pytest.mark.parametrize(
    "case",
    [
        case
        for table in ("board_lodging", "insurance_contract", "conditions")
        for case in cases_of(TABLES / f"adverts/{table}.csv")
    ],
    ids=label,
)
def test_plain_conditions(case: Case) -> None:
    read = facts(case)
    values = {name: getattr(read, name).value for name in FLAGS}
    found = {f"{'' if value else '-'}{name}" for name, value in values.items() if value is not None}
    found |= {name for name, value in values.items() if value is False and name in case.barred()}
    assert agrees(case, found), found


@rows("adverts/hazards")
def test_hazards(case: Case) -> None:
    found = {term.code for term in facts(case).hazards}
    assert agrees(case, found), found


@rows("adverts/load")
def test_load(case: Case) -> None:
    assert facts(case).load.value == (None if case.tempting else int(case.expect))


@rows("adverts/conduct")
def test_conduct(case: Case) -> None:
    found = {term.code for term in facts(case).conduct}
    assert not found if case.tempting else agrees(case, found), found


@rows("adverts/sex")
def test_sex_asked_for(case: Case) -> None:
    sex = facts(case).sex_asked.value
    assert (sex.value if sex else "none") == case.expect


@rows("adverts/ethnic")
def test_ethnicity_asked_for(case: Case) -> None:
    assert (facts(case).ethnic_asked.value or "none") == case.expect


@rows("adverts/jobs_list")
def test_several_jobs(case: Case) -> None:
    read = facts_of(case.text, title="招聘")
    found = {term.code for term in read.occupations}
    assert not read.several_jobs if case.tempting else read.several_jobs and agrees(case, found), found


@rows("classes/taught")
def test_the_trade_of_a_class(case: Case) -> None:
    read = read_class(TrainingClass(ref="K", title=case.text, provider="示例学校"), load_tools()).occupations
    found = {term.code for term in read[:1]}
    assert not found if case.tempting else agrees(case, found), found


@rows("classes/conditions")
def test_conditions_of_a_class(case: Case) -> None:
    columns = {case.field: case.text}
    read = read_class(TrainingClass(ref="K", title="培训班", provider="示例学校", **columns), load_tools())
    found = {*read.excludes, *read.languages}
    found |= {"lodging"} if read.lodging.value else set()
    found |= {"free"} if read.free.value else set()
    found |= {"notfree"} if read.free.value is False else set()
    if read.education.value is not None:
        found.add(str(int(read.education.value)))
    if read.age is not None and (read.age.low or read.age.high):
        found.add(f"{read.age.low or ''}-{read.age.high or ''}")
    assert not found if case.tempting else agrees(case, found), found


@pytest.mark.parametrize(
    "table",
    sorted(
        f"{path.parent.name}/{path.stem}" for kind in ("adverts", "classes") for path in (TABLES / kind).glob("*.csv")
    ),
)
def test_every_table_is_wide_enough(table: str) -> None:
    cases = cases_of(TABLES / f"{table}.csv")
    tempting = sum(case.tempting for case in cases)
    assert tempting >= 15 and len(cases) - tempting >= 30, (len(cases) - tempting, tempting)
    assert len({(case.text, case.expect) for case in cases}) == len(cases)
