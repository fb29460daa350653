"""The lexicon that ships, and a checker that notices what is wrong with one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from matcher.reference.lexicon import Alias, Lexicon, Neighbour, both_ways, load_lexicon
from matcher.reference.lexicon_faults import check_lexicon

FAMILIES_OF_THE_FIELD = """
cattle_care herding vet_assistant slaughter_cutting food_processing crop_work greening_forest agri_machinery
construction_skilled construction_labour interior_finish welding_metal electrician power_line_newenergy
machine_operator truck_driver light_driver warehouse_sorting delivery_rider security_guard gatekeeper_watch cleaning
property_repair_boiler cook pastry_cook kitchen_helper restaurant_hotel home_help maternity_infant elder_care
hospital_aide childcare_assistant retail_cashier ecommerce_live garment_sewing embroidery_craft home_piecework
factory_operator process_plant mine_power_plant office_clerk team_lead_qc auto_repair beauty_hair tourism_bilingual
public_welfare work_relief
"""
CONSTRAINT_CODES = """
DAY_RETURN WEEKEND_HOME MAX_KM HOURS MIDDAY_HOME PART_TIME AT_HOME SEASONAL AVAILABLE_FROM NO_NIGHT NO_OVERTIME
LACTATION PREGNANT NO_HEAVY NO_STANDING NO_HEIGHT NO_DUST NO_COLD_WET NO_LIVESTOCK NO_CHEMICAL NO_MACHINE NO_DRIVING
NO_COLOUR_TASK NO_PHONE STEP_FREE_ACCESS SUPERVISED MINOR_16_18 UNDER_16 AGE_OVER_60 AGE_CONSTRUCTION
CERT_NEEDED_FIRST NO_SECURITY NO_LICENSED LANG_MN_PREFERRED HALAL COUPLE_POST NEED_LODGING WANT_PLACE PRIOR_TRAINING
ANTI_FRAUD CONFIDENTIAL INFO_INSUFFICIENT NOT_SEEKING
"""
CAUSES = ("孕", "哺乳", "病", "残", "刑", "案底", "尘肺", "癫痫", "色盲", "视力")


@pytest.fixture
def lexicon() -> Lexicon:
    """The lexicon that ships with the program."""
    return load_lexicon()


def _code(lexicon: Lexicon, words: str, kind: str) -> str:
    """What the words are an alias of, "" where of nothing."""
    return next((alias.code for alias in lexicon.aliases if alias.text == words and alias.kind == kind), "")


def test_the_lexicon_that_ships_has_nothing_wrong_with_it(lexicon: Lexicon) -> None:
    assert check_lexicon(lexicon) == []


def test_every_family_of_the_field_has_an_occupation(lexicon: Lexicon) -> None:
    covered = {entry.family for entry in lexicon.occupations.values()}
    assert set(FAMILIES_OF_THE_FIELD.split()) - covered == set()
    assert covered == lexicon.families.keys()


def test_every_constraint_code_of_the_field_is_there(lexicon: Lexicon) -> None:
    assert lexicon.constraints.keys() == set(CONSTRAINT_CODES.split())


def test_no_wording_of_a_limit_states_its_cause(lexicon: Lexicon) -> None:
    told = [limit.name_zh for limit in lexicon.constraints.values() if any(cause in limit.name_zh for cause in CAUSES)]
    assert told == []


def test_every_occupation_has_two_neighbours(lexicon: Lexicon) -> None:
    lonely = [code for code in lexicon.occupations if len(lexicon.neighbours.get(code, {})) < 2]
    assert lonely == []


def test_every_occupation_and_skill_is_called_something(lexicon: Lexicon) -> None:
    called = Counter((alias.kind, alias.code) for alias in lexicon.aliases)
    assert [code for code in lexicon.occupations if called["occupation", code] < 3] == []
    assert [code for code in lexicon.skills if not called["skill", code]] == []


@pytest.mark.parametrize(
    ("words", "occupation"),
    [
        ("电气焊工", "welder"),
        ("焊工师傅", "welder"),
        ("钩机司机", "excavator_operator"),
        ("铲车", "loader_operator"),
        ("掂勺的", "cook"),
        ("伺候月子的", "maternity_nurse"),
        ("看大门", "gatekeeper"),
        ("更夫", "night_watch"),
        ("羊倌", "herder"),
        ("力工", "site_labourer"),
        ("刮大白的", "wall_painter"),
        ("拉大线的", "line_worker"),
        ("蹬机子的", "sewing_worker"),
        ("白案", "pastry_cook"),
        ("改刀", "prep_cook"),
        ("绣娘", "embroiderer"),
        ("护林员", "forest_guard"),
        ("置业顾问", "property_agent"),
    ],
)
def test_what_people_call_an_occupation_is_known(lexicon: Lexicon, words: str, occupation: str) -> None:
    assert _code(lexicon, words, "occupation") == occupation


@pytest.mark.parametrize(
    ("words", "skill"),
    [
        ("会电焊", "arc_welding"),
        ("蹬机子", "sewing"),
        ("掂勺", "chinese_cooking"),
        ("伺候月子", "postpartum_care"),
        ("看大门", "guarding"),
        ("开大车", "truck_driving"),
        ("喂牛", "cattle_raising"),
        ("刮大白", "wall_painting"),
        ("铰羊毛", "shearing"),
        ("四轮子", "tractor_driving"),
        ("A2本", "licence_a2"),
        ("电工本", "cert_low_voltage"),
        ("健康证", "health_certificate"),
        ("蒙语", "lang_mongolian"),
    ],
)
def test_what_people_say_they_can_do_is_known(lexicon: Lexicon, words: str, skill: str) -> None:
    assert _code(lexicon, words, "skill") == skill


@pytest.mark.parametrize(
    ("occupation", "hazard"),
    [
        ("cattle_care", "livestock"),
        ("sheep_care", "livestock"),
        ("slaughter_worker", "livestock"),
        ("epidemic_assistant", "livestock"),
        ("scaffolder", "height"),
        ("solar_installer", "height"),
        ("electrician", "colour"),
        ("truck_driver", "colour"),
        ("welder", "dust"),
        ("parcel_sorter", "night"),
        ("night_watch", "night"),
        ("live_in_helper", "live_in"),
        ("customer_service", "phone"),
    ],
)
def test_the_hazards_the_field_names_stand_on_the_occupation(lexicon: Lexicon, occupation: str, hazard: str) -> None:
    assert hazard in lexicon.occupations[occupation].hazards


@pytest.mark.parametrize(
    ("occupation", "licence"),
    [
        ("welder", "cert_welding"),
        ("electrician", "cert_low_voltage"),
        ("security_guard", "cert_security_guard"),
        ("nurse", "cert_nurse"),
        ("teacher", "cert_teacher"),
        ("vet", "cert_vet"),
        ("forklift_operator", "cert_forklift"),
        ("trailer_driver", "licence_a2"),
    ],
)
def test_posts_the_law_gates_ask_for_their_licence(lexicon: Lexicon, occupation: str, licence: str) -> None:
    assert licence in lexicon.occupations[occupation].licences


def test_a_larger_licence_proves_the_smaller_ones(lexicon: Lexicon) -> None:
    assert {"licence_b2", "licence_c1", "licence_c2"} <= lexicon.proved_by("licence_a2")
    assert "licence_a2" not in lexicon.proved_by("licence_c1")


def test_stepping_up_to_a_skilled_trade_is_harder_than_stepping_down(lexicon: Lexicon) -> None:
    near = lexicon.neighbours
    assert near["bricklayer"]["site_labourer"] > near["site_labourer"]["bricklayer"]


def test_work_for_a_weaker_back_is_never_a_heavier_load_than_the_limit_allows(lexicon: Lexicon) -> None:
    limit = lexicon.constraints["NO_HEAVY"]
    kept = [
        code
        for code, entry in lexicon.occupations.items()
        if entry.load <= (limit.max_load or 4) and not entry.hazards & limit.excludes_hazards
    ]
    assert {"night_watch", "office_clerk", "sewing_worker", "cleaner"} <= set(kept)
    assert not {"loader_hand", "site_labourer", "elder_carer", "slaughter_worker"} & set(kept)


def test_names_come_in_both_languages_and_unknown_codes_stand_as_they_are(lexicon: Lexicon) -> None:
    assert lexicon.name("night_watch", "zh") == "更夫"
    assert lexicon.name("night_watch", "en") == "night watchman"
    assert lexicon.name("nobody") == "nobody"


def test_a_pair_of_one_direction_counts_from_one_side_only() -> None:
    pairs = (
        Neighbour("a", "b", 0.5, "both", "", "x"),
        Neighbour("a", "c", 0.4, "one", "", "x"),
    )
    assert both_ways(pairs) == {"a": {"b": 0.5, "c": 0.4}, "b": {"a": 0.5}}


def _twice_used(lexicon: Lexicon) -> Lexicon:
    """One alias leading to two occupations."""
    return replace(lexicon, aliases=(*lexicon.aliases, Alias("电焊工", "occupation", "cook", "standard", "x")))


def _one_letter(lexicon: Lexicon) -> Lexicon:
    """An alias of a single character."""
    return replace(lexicon, aliases=(*lexicon.aliases, Alias("焊", "skill", "arc_welding", "dialect", "x")))


def _dangling_alias(lexicon: Lexicon) -> Lexicon:
    """An alias of nothing."""
    return replace(lexicon, aliases=(*lexicon.aliases, Alias("赶大车", "occupation", "carter", "dialect", "x")))


def _too_heavy(lexicon: Lexicon) -> Lexicon:
    """A neighbour weighted above one."""
    return replace(lexicon, pairs=(*lexicon.pairs, Neighbour("welder", "cook", 1.2, "one", "", "x")))


def _dangling_pair(lexicon: Lexicon) -> Lexicon:
    """A neighbour that is no occupation."""
    return replace(lexicon, pairs=(*lexicon.pairs, Neighbour("welder", "carter", 0.2, "one", "", "x")))


def _circle(lexicon: Lexicon) -> Lexicon:
    """A licence that proves itself by way of another."""
    smaller = replace(lexicon.skills["licence_c2"], implies=("licence_a2",))
    return replace(lexicon, skills={**lexicon.skills, "licence_c2": smaller})


def _nameless(lexicon: Lexicon) -> Lexicon:
    """An occupation without an English name."""
    return replace(lexicon, occupations={**lexicon.occupations, "x": replace(lexicon.occupations["cook"], name_en="")})


def _unknown_hazard(lexicon: Lexicon) -> Lexicon:
    """An occupation with a hazard no table knows."""
    changed = replace(lexicon.occupations["cook"], hazards=frozenset({"dragons"}))
    return replace(lexicon, occupations={**lexicon.occupations, "cook": changed})


def _ungated_licence(lexicon: Lexicon) -> Lexicon:
    """An occupation gated by what is only a skill."""
    changed = replace(lexicon.occupations["cook"], licences=("sewing",))
    return replace(lexicon, occupations={**lexicon.occupations, "cook": changed})


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_twice_used, "电焊工: 2 times"),
        (_one_letter, "焊: too short"),
        (_dangling_alias, "unknown occupation carter"),
        (_too_heavy, "weight 1.2"),
        (_dangling_pair, "welder → carter: unknown occupation"),
        (_circle, "licence_c2: implies itself"),
        (_nameless, "x: name missing"),
        (_unknown_hazard, "cook: unknown hazard dragons"),
        (_ungated_licence, "cook: sewing is not marked as a gate"),
    ],
)
def test_the_checker_names_what_is_wrong(lexicon: Lexicon, spoil: Callable[[Lexicon], Lexicon], words: str) -> None:
    assert any(words in problem for problem in check_lexicon(spoil(lexicon)))


@pytest.mark.parametrize(
    ("advert", "hazard"),
    [
        ("需登高作业，恐高者勿扰", "height"),
        ("两班倒，包吃住", "night"),
        ("每天装卸货物", "lifting"),
        ("冷库选菜，穿棉衣", "cold_wet"),
        ("接触粉尘，发口罩", "dust"),
        ("色盲色弱勿扰", "colour"),
        ("负责牛舍清理和喂牛", "livestock"),
    ],
)
def test_an_advert_tells_its_burdens_in_known_words(lexicon: Lexicon, advert: str, hazard: str) -> None:
    assert any(word in advert for word in lexicon.hazards[hazard].aliases)


@pytest.mark.parametrize(
    ("advert", "hazard"),
    [
        ("联系电话见下", "phone"),
        ("发高温补贴", "heat"),
        ("24小时热水，独立卫生间", "night"),
        ("密切配合销售部门", "knives"),
        ("公司每年组织户外活动", "outdoors"),
        ("有驾照优先", "vehicle"),
        ("抬头就是地铁站，背景干净", "lifting"),
    ],
)
def test_what_every_advert_says_is_no_burden(lexicon: Lexicon, advert: str, hazard: str) -> None:
    assert not any(word in advert for word in lexicon.hazards[hazard].aliases)
