"""Only recorded intermediaries may post: the others' postings wait, and open as soon as the record is entered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobs_feed.trust.brokers import end_broker, look_again, record_broker, take_back_broker
from jobs_feed.trust.checking import check_employer
from jobs_feed.trust.decisions import release
from jobs_feed.trust.intermediary import intermediary_words, is_intermediary_name
from jobs_feed.trust.judge import judge
from jobs_feed.trust.recorded_only import hold_run_out
from matcher.domain.errors import InputRefused
from matcher.domain.posting import PostingState
from matcher.domain.service.around.intermediaries import Broker, BrokerKind
from matcher.office import Office
from matcher.policy import Entry, load_policy
from matcher.policy.rules import with_entries
from matcher.reading import load_tools, read_posting
from tests.factories import DAY
from tests.jobs_feed.trust.test_judge import CLEAN, RANGES, a_posting, found

AGENCY = "通辽市示例人力资源有限公司"


def a_broker(name: str = AGENCY, **more: object) -> Broker:
    """An agency as staff enter it."""
    told = {"kind": BrokerKind.AGENCY, "record_no": "备2026001", "division": "150500", "valid_from": date(2026, 1, 1)}
    return Broker(name=name, name_key="", **(told | more))  # type: ignore[arg-type]


ONLY_RECORDED = Entry("trust.recorded_brokers_only", 1, "1 = held", date(2022, 6, 9), "示例：名册已录入")
"""What an office enters once its register of intermediaries stands in the system."""


@pytest.fixture
def office(office: Office) -> Office:
    """An office that lets only recorded intermediaries post."""
    with office.unit() as unit:
        unit.policy_values.add([ONLY_RECORDED])
    return office


def codes(**changes: object) -> set[str]:
    """What is found of a posting under that rule."""
    posting = a_posting(**changes)
    strict = with_entries(load_policy(), [ONLY_RECORDED]).at(DAY)
    facts = read_posting(posting, load_tools())
    return {one.code for one in judge(posting, facts, record=CLEAN, policy=strict, ranges=RANGES)}


def test_until_the_office_has_entered_its_register_nobody_is_held_for_want_of_a_record() -> None:
    assert "UNRECORDED_BROKER" not in found(employer=AGENCY)


@pytest.mark.parametrize(
    "changes",
    [
        {"employer": AGENCY},
        {"employer": "示例劳务派遣有限责任公司"},
        {"employer": "天德劳务有限公司"},
        {"employer": "内蒙示例劳务中介"},
        {"source": "某某劳务公司"},
        {"sender": AGENCY},
        {"description": "受企业委托，招聘保洁员"},
        {"title": "保洁员（派遣制）"},
        {"description": "用工形式：劳务派遣制，五险"},
    ],
)
def test_a_posting_passed_on_by_an_intermediary_is_held(changes: dict[str, object]) -> None:
    assert "UNRECORDED_BROKER" in codes(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"employer": "奈曼旗示例物业有限公司"},
        {"employer": "通辽鼎固建筑劳务有限公司"},
        {"employer": "天德劳务有限公司", "title": "瓦工", "description": "工地砌砖，日结"},
        {"employer": "开鲁县农牧民劳务专业合作社"},
        {"employer": "奈曼旗人力资源和社会保障局"},
        {"employer": "京蒙劳务协作站"},
        {"employer": "安家房产中介", "title": "房产中介文员"},
        {"source": "劳务群转发"},
        {"source": "通辽市人力资源市场"},
        {"description": "厂里直招，非中介，不收任何费用"},
        {"description": "不是劳务派遣制，签正式合同"},
        {"description": "劳务公司直招，小时工价18块全给，不扣中介费"},
    ],
)
def test_who_hires_for_itself_and_public_bodies_are_let_through(changes: dict[str, object]) -> None:
    assert "UNRECORDED_BROKER" not in codes(**changes)


def test_the_words_stand_with_the_flag() -> None:
    [words] = intermediary_words(a_posting(source="某某劳务公司"))
    assert (words.field, words.words) == ("来源", "某某劳务公司")
    assert is_intermediary_name("通辽市众擎劳务服务有限公司（开鲁站）")


def stored(office: Office, **changes: object) -> int:
    """A posting as it comes in."""
    posting = a_posting(**changes)
    with office.unit() as unit:
        key = unit.postings.add(posting, read_posting(posting, load_tools()))
        check_employer(unit, office.policy.at(office.today()), posting.employer)
    return key


def state(office: Office, key: int) -> PostingState:
    """Where a posting stands."""
    with office.reading() as unit:
        return unit.postings.get(key).state


def test_recording_an_agency_opens_its_postings_and_ending_holds_them_again(office: Office) -> None:
    key = stored(office, employer=AGENCY)
    assert state(office, key) is PostingState.HELD
    broker, looked_at = record_broker(office, a_broker(), actor="window")
    assert (looked_at, state(office, key)) == (1, PostingState.OPEN)
    end_broker(office, broker, division="", actor="window")
    assert state(office, key) is PostingState.HELD
    again, _ = record_broker(office, a_broker(record_no="备2026002"), actor="window")
    assert state(office, key) is PostingState.OPEN
    take_back_broker(office, again, division="", actor="window")
    assert state(office, key) is PostingState.HELD


def test_a_release_does_not_outlive_the_end_of_a_record(office: Office) -> None:
    key = stored(office, employer=AGENCY)
    release(office, [key], reason="核实过", actor="window")
    assert state(office, key) is PostingState.OPEN
    broker, _ = record_broker(office, a_broker(), actor="window")
    end_broker(office, broker, division="", actor="window")
    assert state(office, key) is PostingState.HELD


def test_a_record_of_another_division_is_not_written_over(office: Office) -> None:
    record_broker(office, a_broker(), actor="city")
    with pytest.raises(InputRefused, match="备案"):
        record_broker(office, a_broker(division="150525"), division="150525", actor="window")
    with office.reading() as unit:
        assert [one.division for one in unit.cooperation.brokers.where()] == ["150500"]


def test_a_record_that_has_run_out_holds_what_is_looked_at_again(office: Office) -> None:
    key = stored(office, employer=AGENCY)
    record_broker(office, a_broker(valid_to=office.today()), actor="window")
    assert state(office, key) is PostingState.OPEN
    with office.unit() as unit:
        [broker] = unit.cooperation.brokers.where()
        tomorrow = date.fromordinal(office.today().toordinal() + 1)
        look_again(unit, office.policy.at(tomorrow), broker)
    assert state(office, key) is PostingState.HELD


def test_postings_of_a_record_that_ran_out_wait_from_the_next_day_on_by_themselves(office: Office) -> None:
    key = stored(office, employer=AGENCY)
    record_broker(office, a_broker(valid_to=office.today()), actor="window")
    assert hold_run_out(office) == 0
    assert state(office, key) is PostingState.OPEN
    later = Office(office.config, office.store, lambda: office.clock() + timedelta(days=1))
    assert hold_run_out(later) == 1
    assert state(office, key) is PostingState.HELD
    assert hold_run_out(later) == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "全称"),
        ({"record_no": "12"}, "备案号"),
        ({"uscc": "123"}, "18位"),
        ({"valid_to": date(2025, 1, 1)}, "早于"),
        ({"kind": BrokerKind.BROKER}, "出生日期"),
        ({"kind": BrokerKind.BROKER, "born_on": date(1940, 1, 1)}, "65周岁"),
        ({"kind": BrokerKind.BROKER, "born_on": date(2015, 1, 1)}, "18至"),
    ],
)
def test_what_cannot_be_a_record_is_refused_in_one_line(office: Office, changes: dict[str, object], says: str) -> None:
    with pytest.raises(InputRefused, match=says):
        record_broker(office, a_broker(**changes), actor="window")
    with office.reading() as unit:
        assert unit.cooperation.brokers.where() == []
