"""Papers beside the match sheet: what each says, what none says, the same words in every kind of file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.papers.records import PaperKind, PaperPart, PrintOrder
from matcher.domain.plan import PolicyNote, PolicyState
from matcher.domain.run import MatchRun
from matcher.domain.service.key_list import EntryReason, KeyEntry
from matcher.domain.worker import MonitorCategory, WorkStatus
from tests.web.claims_made import paper_claims
from tests.web.made_up import ID_NUMBER, NAIMAN, PHONE, TODAY, a_plan, a_worker
from tests.web.papers.conftest import PHONE_OF_WINDOW, Desk
from tests.web.papers.texts import TEXT_OF, letters, said_by
from web.papers.contents import leaves_of
from web.papers.files import write_groups
from web.papers.forms.masks import Audience, masked_name
from web.papers.sources import source_of
from web.papers.views import FormView, Leaf, words

NEVER = (ID_NUMBER, ID_NUMBER[:6], PHONE, "布病", "慢性病", "残疾", "监测", "脱贫", "贫困", "怀孕", "1979")
"""Of the person of the tests: nothing of this stands on a paper that leaves the office."""
KINDS = tuple(PaperKind)


@pytest.fixture
def full(phoned: Desk) -> Desk:
    """The person under monitoring, newly out of work, with policies of each state; another holds a public post."""
    notes = tuple(
        PolicyNote(code=code, state=state, text=Phrase(code, {}), question=Phrase(f"ASK_{code}", {}))
        for code, state in (
            ("POLICY_TRAINING", PolicyState.YES),
            ("POLICY_TRAVEL", PolicyState.UNKNOWN),
            ("POLICY_LOAN", PolicyState.NO),
        )
    )
    with phoned.office.unit() as unit:
        worker, facts = unit.workers.get(phoned.bao).value, unit.workers.get(phoned.bao).facts
        under = replace(worker, monitor_category=MonitorCategory.SUDDEN, work_status=WorkStatus.NEWLY_UNEMPLOYED)
        unit.workers.replace(phoned.bao, under, facts)
        unit.workers.add_many([(a_worker("NM-9", "欧阳示例花", "东村", NAIMAN, public_post=True), None)])
        unit.watching.entries.enter(
            [KeyEntry(key=0, worker_key=phoned.bao, reason=EntryReason.UNSTABLE_WORK, entered_on=TODAY, next_due=TODAY)]
        )
        plan = replace(a_plan(phoned.bao, phoned.posting), policy=notes)
        unit.plans.put_many(unit.runs.create(MatchRun(as_of=TODAY)), [plan])
        claimants = [
            a_worker(f"NM-{10 + number}", f"白示例{sign}", "东村", NAIMAN) for number, sign in enumerate("甲乙丙")
        ]
        people = unit.workers.add_many([(one, None) for one in claimants])
    paper_claims(phoned.office, people)
    return phoned


def order_of(desk: Desk, kind: PaperKind) -> PrintOrder:
    """An order for a kind of paper."""
    person = desk.bao if kind.personal else None
    topics = {PaperKind.PUBLIC_LIST: "held", PaperKind.CLAIM: "STABILITY", PaperKind.BOARD: "1"}
    if kind is PaperKind.CLAIM:
        with desk.office.reading() as unit:
            person = unit.timers.rows(back_to=TODAY)[0].worker_key
    more = {
        "employer": "奈曼旗示例车间",
        "purpose": "入户走访",
        "topic": topics.get(kind, ""),
    }
    return PrintOrder(kind=kind, worker_key=person, division=NAIMAN, count=3, **more)  # type: ignore[arg-type]


def leaves(desk: Desk, order: PrintOrder) -> list[Leaf]:
    """The leaves of an order."""
    parts: list[PaperPart] = [part for some in source_of(desk.office, order).parts for part in some]
    return [leaf for _, leaf in leaves_of(enumerate(parts), pack=False)]


def forms(desk: Desk, kind: PaperKind) -> list[FormView]:
    """The forms of a kind."""
    return [leaf for leaf in leaves(desk, order_of(desk, kind)) if isinstance(leaf, FormView)]


@pytest.mark.parametrize("suffix", TEXT_OF)
def test_every_paper_says_in_every_kind_of_file_the_words_of_its_view_and_no_others(
    full: Desk, tmp_path: Path, suffix: str
) -> None:
    every = [leaf for kind in KINDS for leaf in leaves(full, order_of(full, kind))]
    path = tmp_path / f"all{suffix}"
    write_groups((("", leaf) for leaf in every), path)
    assert letters(TEXT_OF[suffix](path)) == letters(said_by(*every))


def test_nothing_private_stands_on_a_paper_that_leaves_the_office(full: Desk, tmp_path: Path) -> None:
    named = (PaperKind.SHEET, PaperKind.GUIDANCE, PaperKind.NOTICE, PaperKind.CLAIM)
    policies = (PaperKind.POLICY_LIST, PaperKind.POLICY_QA, PaperKind.EMPLOYER_POLICY)
    unnamed = (
        PaperKind.REFERRAL,
        PaperKind.PUBLIC_LIST,
        PaperKind.EMPLOYER,
        PaperKind.TICKET,
        PaperKind.BOARD,
        *policies,
    )
    inside = (PaperKind.KEY_LIST, PaperKind.PAYMENT, PaperKind.DUE)
    assert {*named, *unnamed, *inside} == set(KINDS), "a new paper says whose hands it goes into"
    for kinds, whole_name in ((named, True), (unnamed, False)):
        path = tmp_path / "papers.pdf"
        every = [leaf for kind in kinds for leaf in leaves(full, order_of(full, kind))]
        write_groups((("", leaf) for leaf in every), path)
        text = TEXT_OF[".pdf"](path)
        assert [word for word in NEVER if word in text] == [], kinds
        assert any(name in text for name in ("包示例", "欧阳示例花", "白示例甲")) == whole_name, kinds


def test_names_are_masked_by_whose_hands_they_come_into() -> None:
    shown = {
        audience: [masked_name(name, audience) for name in ("张三丰", "张三", "欧阳示例花", "")]
        for audience in Audience
    }
    assert shown[Audience.EMPLOYER] == ["张*", "张*", "欧*", ""]
    assert shown[Audience.PUBLIC] == ["张*丰", "张*", "欧***花", ""]
    assert shown[Audience.WORKER] == shown[Audience.INTERNAL] == ["张三丰", "张三", "欧阳示例花", ""]


def test_a_referral_names_the_post_and_masks_the_person(full: Desk) -> None:
    [form] = forms(full, PaperKind.REFERRAL)
    said = "\n".join(words(form))
    assert "兹介绍求职者 包*（45–54岁）" in said
    assert form.head[1].text == "奈曼旗示例车间"
    assert form.stub is not None
    assert form.stub.qr.startswith("https://job131.example/s/")
    assert form.head[0].text.endswith("-1")
    assert "□ 录用" in said


def test_a_referral_to_one_posting_is_made_even_where_others_have_closed(full: Desk) -> None:
    assert len(leaves(full, replace(order_of(full, PaperKind.REFERRAL), rank=1))) == 1
    assert leaves(full, replace(order_of(full, PaperKind.REFERRAL), rank=2)) == []


def test_the_notice_says_now_later_not_yet_known_and_no_with_papers_ticked_and_amounts_left_to_the_window(
    full: Desk,
) -> None:
    with full.office.unit("window") as unit:
        for fact, value in (("labour", "ordinary"), ("school_enrolled", "no"), ("material:ID_CARD", "yes")):
            unit.catalogue.answers.say(full.bao, fact, value, on=TODAY)
    [form] = forms(full, PaperKind.NOTICE)
    now, later, asked, no = form.parts
    training = next(row for row in now.rows if row[0].startswith("职业培训补贴"))
    assert training[0].endswith("标准当日问窗口。")
    assert "√ 身份证" in training[1]
    assert "□ 本人银行卡" in training[1]
    assert PHONE_OF_WINDOW in training[2]
    assert any(row[0].startswith("稳岗补贴") and "不少于3" in row[1] for row in later.rows)
    assert any(row[0].startswith("创业担保贷款") and "买卖" in row[1] for row in asked.rows)
    assert ("雨露计划+助学补助", "需要：家里有孩子读中职、高职或技校") in no.rows
    assert form.stub is not None
    assert "签字或手印" in form.stub.signing


def test_the_record_of_guidance_has_room_to_write_and_something_to_take_along(full: Desk) -> None:
    [form] = forms(full, PaperKind.GUIDANCE)
    written = next(part for part in form.parts if part.by_hand)
    assert len(written.lines) == 5
    assert all("＿" in line.text or "□" in line.text for line in written.lines)
    assert form.stub is not None
    assert form.stub.lines[0].label.startswith("□")


def test_the_key_list_is_for_the_office_and_says_what_for(full: Desk) -> None:
    [form] = forms(full, PaperKind.KEY_LIST)
    assert form.audience == Audience.INTERNAL
    [row] = form.parts[0].rows
    assert row[:5] == ("1", "包示例", "东村", "2026-03-16", "监测对象，因就业不稳")
    assert row[-2:] == ("2026-03-16", "按期")
    assert {line.text for line in form.head} >= {"入户走访", "1"}
    with pytest.raises(InputRefused, match="用途"):
        leaves(full, replace(order_of(full, PaperKind.KEY_LIST), purpose=" "))


def test_an_empty_list_is_not_printed(phoned: Desk) -> None:
    for kind in (PaperKind.KEY_LIST, PaperKind.PUBLIC_LIST):
        with pytest.raises(InputRefused, match="没有打印"):
            leaves(phoned, order_of(phoned, kind))


def test_the_public_list_shows_parts_of_names_and_leaves_the_days_open(full: Desk) -> None:
    [form] = forms(full, PaperKind.PUBLIC_LIST)
    assert [row[:3] for row in form.parts[0].rows] == [("1", "欧***花", "东村")]
    assert "由单位填写" in form.head[1].text


def test_an_employer_is_told_numbers_and_never_names(full: Desk) -> None:
    with full.office.unit() as unit:
        unit.openings.take(full.posting, on=TODAY, worker_key=full.bao)
    [form] = forms(full, PaperKind.EMPLOYER)
    assert [row[:3] for row in form.parts[0].rows if row[0] == "缝纫工"] == [("缝纫工", "1", "1")]
    assert form.parts[1].lines[0].text == "1 人"
    assert "由窗口核对填写" in form.parts[1].lines[1].text
    with pytest.raises(InputRefused, match="没有找到"):
        leaves(full, replace(order_of(full, PaperKind.EMPLOYER), employer="没有这一家"))


def test_the_papers_of_a_claim_are_an_application_and_two_proofs_to_be_signed(full: Desk) -> None:
    application, employer, village = forms(full, PaperKind.CLAIM)
    said = "\n".join(words(application))
    assert "稳岗补贴申请表" in said
    assert "2025 年" not in said
    assert "金额待办公室填写" in said
    assert [row for row in application.parts[1].rows if row[1] == "已交"] == [("单位证明", "已交")]
    assert any("盖章" in line.label for line in employer.parts[1].lines)
    assert any("协管员" in line.label for line in village.parts[1].lines)
    with pytest.raises(InputRefused):
        leaves(full, replace(order_of(full, PaperKind.CLAIM), worker_key=None))


def test_the_board_masks_names_and_the_payment_list_leaves_the_account_empty(full: Desk) -> None:
    [board] = forms(full, PaperKind.BOARD)
    assert [row[:4] for row in board.parts[0].rows] == [("1", "白**甲", "稳岗补贴", "500 元")]
    [payment] = forms(full, PaperKind.PAYMENT)
    assert payment.audience == Audience.INTERNAL
    [row] = payment.parts[0].rows
    assert (row[1], row[6], row[7]) == ("白示例乙", "500", "")
    with pytest.raises(InputRefused, match="用途"):
        leaves(full, replace(order_of(full, PaperKind.PAYMENT), purpose=""))


def test_the_due_list_says_what_to_do(full: Desk) -> None:
    [form] = forms(full, PaperKind.DUE)
    rows = form.parts[0].rows
    assert ("白示例丙", "补凭证、申领") in {(row[1], row[6]) for row in rows}


def test_tickets_are_numbered_on_eight_to_a_leaf_and_name_nobody(phoned: Desk) -> None:
    order = PrintOrder(kind=PaperKind.TICKET, topic="policy", first=7, count=10)
    made = [leaf for leaf in leaves(phoned, order) if isinstance(leaf, FormView)]
    assert [len(form.parts[0].cards) for form in made] == [8, 2]
    assert made[1].parts[0].cards[-1].big == "D016"
    with pytest.raises(InputRefused):
        leaves(phoned, replace(order, count=0))


def test_an_english_paper_has_no_chinese_of_its_own(full: Desk) -> None:
    for kind in KINDS:
        for leaf in leaves(full, replace(order_of(full, kind), lang="en")):
            labels = [*(line.label for line in leaf.head), leaf.title]  # type: ignore[union-attr]
            assert [text for text in labels if any("一" <= sign <= "鿿" for sign in text)] == [], kind
