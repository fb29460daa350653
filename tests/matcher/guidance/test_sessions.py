"""What single facts change in a session."""

from __future__ import annotations

from datetime import date

from matcher.columns import WorkerRow
from matcher.domain.facts import Phrase
from matcher.domain.plan import GuidanceSession
from matcher.domain.worker import Sex, WorkStatus
from tests.factories import DAY, a_person, an_opening, did, holds, known, limit, term
from tests.worlds import plan_of, wording

CLEANING = [an_opening(1), an_opening(2)]


def session_of(person: WorkerRow, postings: list[object] | None = None) -> GuidanceSession:
    """The session of one person in a small market."""
    guidance = plan_of(person, postings or CLEANING).guidance  # type: ignore[arg-type]
    assert guidance is not None
    return guidance


def codes(phrases: tuple[Phrase, ...]) -> set[str]:
    """The codes of phrases and of their clauses."""
    return {phrase.code for phrase in phrases} | {part.code for phrase in phrases for part in phrase.parts}


def step_codes(session: GuidanceSession) -> set[str]:
    """The codes of what is done."""
    return codes(tuple(step.what for step in session.steps))


def test_a_need_of_the_rota_alone_asks_for_no_doctor() -> None:
    rota = session_of(a_person(constraints=(limit("NO_NIGHT"),)))
    assert "STEP_SHIFT" in step_codes(rota)
    assert "STEP_LIMITS" not in step_codes(rota)
    body = session_of(a_person(constraints=(limit("NO_NIGHT"), limit("NO_HEIGHT"))))
    assert "STEP_LIMITS" in step_codes(body)


def test_only_work_that_breaks_a_need_is_put_aside() -> None:
    needs = (limit("NO_LIVESTOCK"),)
    herder = session_of(a_person(constraints=needs, experience=(did("cattle_care", 6.0), did("cleaner", 1.0))))
    assert "CLAUSE_CHANGES" in codes(herder.obstacles)
    assert herder.strengths[0].args is not None
    assert herder.strengths[0].args["done"] == "cleaner"
    cleaner = session_of(a_person(constraints=needs))
    assert "CLAUSE_CHANGES" not in codes(cleaner.obstacles)


def test_a_paper_that_ran_out_is_renewed_and_not_also_called_missing() -> None:
    held = (holds("cert_welder", date(2026, 1, 31)),)
    welder = a_person(skills=held, experience=(did("welder", 9.0),), wished=(term("welder", "电焊", "意向工种"),))
    session = session_of(welder, [*CLEANING, an_opening(3, "welder", pay=6000.0)])  # type: ignore[list-item]
    assert "OBSTACLE_PAPER_EXPIRED" in codes(session.obstacles)
    assert "OBSTACLE_PAPER_MISSING" not in codes(session.obstacles)
    assert "STEP_PAPER_RENEW" in step_codes(session)


def test_a_minor_is_told_what_is_not_arranged_and_goes_with_the_family() -> None:
    session = session_of(a_person(birth_date=date(2009, 2, 1), situations=(term("GRADUATE", "职高毕业"),)))
    assert "OBSTACLE_MINOR" in codes(session.obstacles)
    assert "STEP_MINOR" in step_codes(session)
    assert "STEP_AGE" not in step_codes(session)


def test_whoever_is_past_the_age_of_sites_is_told_of_other_work() -> None:
    mason = a_person(birth_date=date(1964, 1, 1), sex=known(Sex.MALE), experience=(did("bricklayer", 20.0),))
    older = session_of(mason)
    younger = session_of(
        a_person(birth_date=date(1990, 1, 1), sex=known(Sex.MALE), experience=(did("bricklayer", 20.0),))
    )
    assert codes(older.obstacles) & {"OBSTACLE_AGE_SITE", "OBSTACLE_OVER_AGE"}
    assert "OBSTACLE_AGE_SITE" not in codes(younger.obstacles)


def test_people_in_work_are_helped_to_keep_it() -> None:
    session = session_of(a_person(work_status=WorkStatus.EMPLOYED, situations=(term("CONTRACT_ENDS", "合同月底到期"),)))
    assert session.opening is not None
    assert session.opening.code == "GUIDE_KEEP"
    assert "STEP_KEEP" in step_codes(session)
    assert "STEP_LOOK_KEEP" in step_codes(session)


def test_a_public_post_that_ends_is_followed_by_something() -> None:
    session = session_of(a_person(public_post=True, public_post_until=date(2026, 7, 20)))
    assert session.opening is not None
    assert session.opening.code == "GUIDE_EXIT"
    assert "2026年7月20日" in wording().say(session.opening)


def test_a_wish_none_of_the_postings_meets_is_said_to_be_open() -> None:
    welder = a_person(wished=(term("welder", "电焊", "意向工种"),), wish_text="电焊", experience=())
    session = session_of(welder)
    assert session.opening is not None
    assert "CLAUSE_WISH_OPEN" in codes((session.opening,))
    assert "你想的“电焊”眼下还没有合适的" in wording().say(session.opening)
    cleaner = session_of(a_person(wish_text="保洁"))
    assert cleaner.opening is not None
    assert "CLAUSE_WISH_OPEN" not in codes((cleaner.opening,))


def test_an_empty_file_is_told_little() -> None:
    bare = session_of(a_person(experience=(), wage_wish=None, transport=None, education=None))
    full = session_of(a_person(skills=(holds("cleaning"),), situations=(term("WORKS_WELL", "干活利索"),)))
    assert bare.strengths == ()
    assert len(full.strengths) == 2
    assert bare.say is None
    assert full.say is not None


def test_the_first_steps_fall_due_within_three_days_and_the_last_within_three_months() -> None:
    session = session_of(a_person())
    days = [(step.due - DAY).days for step in session.steps]
    assert days[0] <= 3
    assert days[-1] == 90
