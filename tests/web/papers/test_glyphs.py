"""No character leaves the printer as an empty box."""

from __future__ import annotations

from importlib.resources import files

from matcher.wording import load_catalogue
from tests.web.papers.plans import CASE, CONTEXT, a_plan, paper_wording
from web.papers.glyphs import BY_HAND, missing_signs, printable_sheet
from web.papers.sheet import build_sheet
from web.papers.views import words

WORDING = paper_wording()
UNKNOWN = chr(0x2EBF1)


def test_every_character_of_every_sentence_has_a_glyph() -> None:
    sentences = load_catalogue("matcher.wording", "web.translations").sentences
    lacking = {
        code: missing for code, texts in sentences.items() if (missing := missing_signs((texts["zh"], texts["en"])))
    }
    assert lacking == {}


def test_every_name_of_a_division_has_a_glyph() -> None:
    tables = ("divisions.csv", "townships_tongliao.csv", "division_aliases.csv")
    for table in tables:
        text = files("matcher.reference").joinpath(table).read_text(encoding="utf-8")
        assert missing_signs(text) == "", table


def test_rare_characters_of_names_have_glyphs() -> None:
    assert missing_signs("㛃䶮喆堃𤩽龘昪翀") == ""


def test_a_character_without_a_glyph_becomes_a_line_to_write_on_and_is_named_on_top() -> None:
    sheet = build_sheet(a_plan(worker_name=f"包{UNKNOWN}梅"), WORDING, CONTEXT, CASE)
    assert missing_signs(sheet) == UNKNOWN
    printed = printable_sheet(sheet, WORDING)
    assert printed.head[0].text == f"包{BY_HAND}梅"
    assert "U+2EBF1" in printed.banner
    assert missing_signs(printed) == ""


def test_a_sheet_whose_characters_are_all_there_stays_as_it_is() -> None:
    sheet = build_sheet(a_plan(), WORDING, CONTEXT, CASE)
    assert printable_sheet(sheet, WORDING) is sheet


def test_ornaments_of_an_advert_are_left_out_without_a_fuss() -> None:
    sheet = build_sheet(a_plan(village="示例\U0001f389嘎查\ufe0f"), WORDING, CONTEXT, CASE)
    printed = printable_sheet(sheet, WORDING)
    assert printed.head[1].text == "示例嘎查"
    assert printed.banner == ""
    assert "\U0001f389" not in "".join(words(printed))
