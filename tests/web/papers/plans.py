"""Made-up plans for the tests of the papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from matcher.domain.facts import Evidence, Phrase
from matcher.domain.match import Match, Part, PostingView, Reason
from matcher.domain.plan import (
    GuidanceMode,
    GuidanceSession,
    PolicyNote,
    PolicyState,
    Relaxation,
    ServicePlan,
    Shortfall,
    Step,
    Track,
    TrainingChoice,
    TrainingView,
)
from matcher.reference.lexicon import load_lexicon
from matcher.wording import Wording, load_catalogue
from web.papers.collect import Prepared
from web.papers.context import CaseMark, PaperContext
from web.papers.cover import cover_row, cover_view
from web.papers.files import write_groups
from web.papers.script import reading_script
from web.papers.views import CoverView, Leaf, ScriptsView, SheetView

DAY = date(2026, 6, 23)
CONTEXT = PaperContext(
    office_name="示例旗公共就业服务中心",
    window_phone="0475-0000131",
    complaint_phone="0475-0000132",
    window_address="示例镇人民路1号政务大厅2号窗口",
    public_url="https://job131.example",
)
CASE = CaseMark(case_no="131-000132-7", code="7K3M9PQX", policy_digest="a1b2c3d4e5f6")


def paper_wording(language: str = "zh") -> Wording:
    """The real sentences."""
    return Wording(
        load_catalogue("matcher.wording", "web.translations"),
        language,
        lambda _, code, lang: load_lexicon().name(code, lang),
    )


def a_match(
    rank: int = 1, *, title: str = "保洁员", employer: str = "示例商场物业服务有限公司", phone: str = "0475-0000001"
) -> Match:
    """A posting that suits."""
    return Match(
        rank=rank,
        posting_key=rank,
        posting=PostingView(
            ref=f"P{rank}",
            title=title,
            employer=employer,
            kind="市场岗位",
            place="奈曼旗大沁他拉镇",
            wage=Phrase("WAGE_STATED", {"text": "2800-3200元/月", "low": 2800.0, "high": 3200.0}),
            hours=Phrase("HOURS_STATED", {"text": "早8点到晚5点，月休4天"}),
            board=Phrase("BOARD_STATED", {"text": "管中午饭"}),
            insurance=Phrase("INSURANCE_UNKNOWN", {}),
            duties="负责商场一楼、二楼地面和卫生间的日常保洁",
            needs=(Phrase("NEED_AGE_TO_MET", {"low": None, "high": 55}),),
            contact="王经理",
            phone=phone,
            openings=4,
            deadline="2026-07-10",
        ),
        distance_km=12.4,
        minutes=35,
        score=0.71,
        fit=0.84,
        wish=0.85,
        reasons=(
            Reason("WISH_EXACT", Part.WISH, 0.2, {"wished": "cleaner"}, (Evidence("意向工种", "保洁"),)),
            Reason("PLACE_DAILY", Part.WISH, 0.15, {"km": 12.4, "minutes": 35}),
            Reason("EXPERIENCE_SAME_YEARS", Part.FIT, 0.12, {"done": "cleaner", "years": 2.0}),
            Reason("PAY_BELOW_WISH", Part.WISH, -0.05, {}),
            Reason("BASE", Part.FIT, 0.5),
        ),
        cautions=(
            Phrase("CAUTION_NOT_VERIFIED", {}),
            Phrase("CAUTION_SHIFT_UNKNOWN", {}),
            Phrase("CAUTION_OPENINGS", {}),
        ),
        first_choice=rank == 1,
    )


def a_class() -> TrainingChoice:
    """A class that opens something."""
    view = TrainingView(
        ref="T1",
        title="家政服务员（初级）",
        provider="示例职业培训学校",
        place="奈曼旗大沁他拉镇",
        starts_on="2026-07-06",
        ends_on="2026-07-17",
        hours=80,
        mode="半天",
        certificate="家政服务员五级",
        subsidy="免费，按规定给补贴",
        phone="0475-0000003",
        enrol_until="2026-07-03",
    )
    return TrainingChoice(
        training_key=1,
        training=view,
        reasons=(Phrase("TRAINING_UNLOCKS", {"count": 6}),),
        unlocked_postings=6,
        gain=0.1,
    )


def a_session() -> GuidanceSession:
    """A session with everything in it."""
    first = {"employer": "示例商场物业服务有限公司", "title": "保洁员", "place": "奈曼旗大沁他拉镇"}
    return GuidanceSession(
        starts_at="2026-06-24T09:00",
        minutes=40,
        place="示例嘎查",
        guide="协管员白某",
        guide_phone="",
        mode=GuidanceMode.VISIT,
        strengths=(Phrase("STRENGTH_YEARS_QUOTED", {"done": "cleaner", "years": 2.0, "words": "在商场干过两年保洁"}),),
        obstacles=(Phrase("OBSTACLE_CARE", {"words": "接送上小学的孙子", "constraint": "DAY_RETURN MIDDAY_HOME"}),),
        steps=(
            Step(
                due=date(2026, 6, 26),
                who=Phrase("WHO_WORKER"),
                what=Phrase("STEP_CALL_PHONE", {**first, "phone": "0475-0000001"}),
            ),
            Step(
                due=date(2026, 9, 21),
                who=Phrase("WHO_GUIDE", {"guide": "协管员白某"}),
                what=Phrase("STEP_LOOK_BACK", first),
            ),
        ),
        avoid=(Phrase("AVOID_LIMITS", {"constraint": "NO_NIGHT NO_HEAVY"}),),
        opening=Phrase("GUIDE_FIRST_CHOICE", first),
        bring=(Phrase("BRING_ID"),),
        say=Phrase("SAY_YEARS", {"title": "保洁员", "done": "cleaner", "years": 2.0}),
    )


def a_plan(**changes: object) -> ServicePlan:
    """A whole plan."""
    fields: dict[str, object] = {
        "worker_key": 132,
        "worker_ref": "NM-0132",
        "worker_name": "包雪梅",
        "village": "示例嘎查",
        "made_on": DAY,
        "valid_until": date(2026, 7, 8),
        "track": Track.FULL,
        "questions": (Phrase("ASK_PHONE", {}),),
        "guidance": a_session(),
        "matches": (
            a_match(),
            a_match(2, title="养老护理员", employer="示例养老服务中心", phone=""),
            a_match(3, title="超市理货员", employer="示例超市连锁有限公司奈曼店"),
        ),
        "training": a_class(),
        "policy": (PolicyNote(code="POLICY_TRAINING", state=PolicyState.YES, text=Phrase("POLICY_TRAINING", {})),),
    }
    return ServicePlan(**{**fields, **changes})


def a_short_plan() -> ServicePlan:
    """One posting of three, and no class."""
    relaxed = (Relaxation(code="RELAX_REACH", args={}, postings=12),)
    return a_plan(
        matches=(a_match(),),
        training=None,
        training_none=Phrase("TRAINING_NONE_GAIN", {}),
        shortfall=Shortfall(missing=2, relaxations=relaxed),
    )


def a_wordy_plan() -> ServicePlan:
    """Three postings that have more to say than a front holds."""
    match = a_match()
    posting = replace(match.posting, duties="负责" + "日常保洁" * 14, place="通辽市奈曼旗大沁他拉镇" + "示例大街" * 8)
    wordy = replace(match, posting=posting)
    return a_plan(matches=tuple(replace(wordy, rank=rank, first_choice=rank == 1) for rank in (1, 2, 3)))


@dataclass(frozen=True, slots=True)
class Pack:
    """What goes with the sheets of a village: the list before them and the scripts after them."""

    cover: CoverView
    after: ScriptsView


def a_pack(prepared: list[Prepared]) -> Pack:
    """What goes with the sheets of a village."""
    wording, speakers = paper_wording(), [item.speaker for item in prepared]
    cover = cover_view(wording, CONTEXT, place="示例嘎查", people=len(speakers), made_on=DAY)
    rows = tuple((str(number), *cover_row(speaker)) for number, speaker in enumerate(speakers, start=1))
    scripts = tuple(map(reading_script, speakers))
    return Pack(replace(cover, rows=rows), ScriptsView(wording.text("PAPER_SCRIPT_TITLE"), scripts))


def write_sheets(
    views: Sequence[SheetView],
    path: Path,
    *,
    pack: Pack | None = None,
    large: bool = False,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Writes sheets of one village as printing does, told the share that is written."""
    leaves: list[Leaf] = [*([pack.cover] if pack else []), *views, *([pack.after] if pack else [])]
    told = None if progress is None else lambda done: progress(done / len(leaves))
    write_groups((("", leaf) for leaf in leaves), path, large=large, progress=told)
