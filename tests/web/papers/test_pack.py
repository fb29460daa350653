"""The village pack: the list before the sheets, the scripts after them."""

from __future__ import annotations

from tests.web.papers.plans import CASE, CONTEXT, a_pack, a_plan, a_short_plan, paper_wording
from web.papers.collect import Prepared
from web.papers.script import reading_script
from web.papers.speaker import Speaker

WORDING = paper_wording()


def test_the_list_has_a_row_a_person_with_two_boxes() -> None:
    prepared = [
        Prepared(key, Speaker(plan, WORDING, CONTEXT, CASE)) for key, plan in enumerate((a_plan(), a_short_plan()))
    ]
    cover = a_pack(prepared).cover
    assert cover.title == "示例嘎查“131”服务名单"
    assert cover.rows[0] == ("1", "包雪梅", "131-000132-7", "指导、岗位、培训", "3", "1", "□", "□")
    assert cover.rows[1][4:6] == ("1", "0")
    assert {len(row) for row in cover.rows} == {len(cover.columns)}


def test_a_script_has_three_sentences_a_posting_and_takes_about_a_minute() -> None:
    script = reading_script(Speaker(a_plan(), WORDING, CONTEXT, CASE))
    assert len(script.sentences) == 3 * 3 + 2
    assert sum(map(len, script.sentences)) <= 400, "some 300 characters are read in a minute"
    assert script.sentences[0].startswith("第1家：示例商场物业服务有限公司招保洁员，在奈曼旗")


def test_a_script_says_what_is_missing() -> None:
    script = reading_script(Speaker(a_short_plan(), WORDING, CONTEXT, CASE))
    assert "合适的岗位还差2个，有了马上告诉你。" in script.sentences
