"""Phrases the lexicon does not hold letter by letter are linked, and what is no work is not."""

from __future__ import annotations

import pytest

from matcher.reading import load_tools
from tests.matcher.reading.adverts.advert import facts_of
from tests.matcher.reading.linking_cases import judge, load_cases

CASES = load_cases()
TOOLS = load_tools()


@pytest.mark.parametrize(
    ("use", "opened", "right_of_100", "wrong_of_100"),
    [
        ("occupation", True, 90, 4),
        ("occupation", False, 79, 8),
        ("skill", True, 85, 6),
        ("skill", False, 76, 11),
        ("paper", True, 96, 2),
        ("paper", False, 90, 3),
        ("class", True, 90, 4),
        ("class", False, 88, 4),
    ],
)
def test_labelled_phrases_are_linked_as_well_as_before(use, opened, right_of_100, wrong_of_100):
    judged = [judge(case, TOOLS)[0] for case in CASES if case.use == use and case.open is opened and not case.reject]
    assert 100 * judged.count("right") >= right_of_100 * len(judged)
    assert 100 * judged.count("wrong") <= wrong_of_100 * len(judged)


@pytest.mark.parametrize("opened", [True, False])
def test_what_is_no_work_and_no_paper_is_not_linked(opened):
    rejects = [case for case in CASES if case.reject and case.open is opened]
    linked = [case.phrase for case in rejects if judge(case, TOOLS)[0] != "right"]
    assert len(rejects) >= 40 and 100 * len(linked) <= 4 * len(rejects), linked


def test_hardly_a_labelled_phrase_is_an_alias_as_it_stands():
    aliases = {kind: TOOLS.linker.aliases(kind) for kind in ("occupation", "skill")}
    known = [case.phrase for case in CASES if case.use in aliases and case.phrase.lower() in aliases[case.use]]
    assert len(CASES) >= 500 and 50 * len(known) <= len(CASES), known


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("日间照料护理员", {"elder_carer"}),
        ("陪检运送员", {"ward_helper"}),
        ("托育园生活老师助理", {"nursery_carer"}),
        ("分拣员/叉车司机", {"parcel_sorter", "forklift_operator"}),
        ("跟车的", {"freight_helper"}),
        ("装配普工", {"assembler"}),
        ("4S店修理工", {"car_mechanic"}),
        ("服务员、后厨切配", {"waiter", "prep_cook"}),
        ("蹬机子的、尾检", {"sewing_worker", "garment_finisher"}),
    ],
)
def test_a_title_names_its_job_or_its_jobs(title, codes):
    assert {term.code for term in facts_of("", title=title).occupations} == codes


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("电汗工", "welder"),
        ("钢劲工", "rebar_worker"),
        ("电工", "electrician"),
        ("店公", ""),
    ],
)
def test_a_word_written_by_its_sound_is_understood_when_it_is_long_enough(phrase, code):
    best = TOOLS.linker.best(phrase, "occupation")
    assert (best.code if best else "") == code


def test_verb_and_object_are_found_in_either_order_but_a_trade_at_the_end_of_a_title_wins():
    best = TOOLS.linker.best
    assert best("擦洗光伏板", "occupation").code == best("光伏板清洗", "occupation").code == "solar_cleaner"
    assert best("钢结构焊工", "occupation").code == "welder"
