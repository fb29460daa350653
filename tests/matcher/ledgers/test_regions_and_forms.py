"""The region class of work by the divisions of home and work; values in the forms offices want."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.division import Place
from matcher.domain.service.ledgers import LedgerKind
from matcher.domain.worker import HouseholdType, Sex
from matcher.ledgers.columns import columns_of
from matcher.ledgers.forms import form_seen, forms_of, in_language, written
from matcher.ledgers.regions import region_between
from matcher.ledgers.values import FUNCTIONS, Raw
from matcher.wording import load_catalogue
from tests.factories import BEIJING, KERQIN, NAIMAN, NAIMAN_EAST, NAIMAN_SOMEWHERE

HULUNBUIR = Place("海拉尔区", "150702", "海拉尔区")


@pytest.mark.parametrize(
    ("home", "work", "region"),
    [
        (NAIMAN, NAIMAN, "乡镇内"),
        (NAIMAN, NAIMAN_EAST, "乡镇外县内"),
        (NAIMAN, NAIMAN_SOMEWHERE, ""),
        (NAIMAN, KERQIN, "县外市内"),
        (NAIMAN, HULUNBUIR, "市外区内"),
        (NAIMAN, Place("内蒙古", "150000", "内蒙古自治区"), ""),
        (NAIMAN, BEIJING, "区外"),
        (NAIMAN, Place("境外某国"), "境外"),
        (NAIMAN, Place("不知道哪里"), ""),
        (Place(), BEIJING, ""),
    ],
)
def test_how_far_from_home(home: Place, work: Place, region: str) -> None:
    assert region_between(home, work) == region


@pytest.mark.parametrize(
    ("value", "kind", "form", "cell"),
    [
        (date(2026, 3, 2), "day", "", "2026-03-02"),
        (date(2026, 3, 2), "month", "", "2026-03"),
        (date(2026, 3, 2), "day", "yyyy.mm", "2026.03"),
        (date(2026, 3, 2), "day", "yyyy年m月d日", "2026年3月2日"),
        (date(2026, 12, 22), "month", "yyyymm", "202612"),
        (True, "yesno", "", "是"),
        (False, "yesno", "√/空", ""),
        (Sex.FEMALE, "sex", "", "女"),
        (Sex.MALE, "sex", "1/2", "1"),
        (HouseholdType.LIFTED, "text", "", "脱贫户"),
        (3000.0, "number", "", 3000),
        (None, "yesno", "", None),
        ("", "text", "", None),
    ],
)
def test_a_value_stands_in_the_form_that_was_chosen(value: Raw, kind: str, form: str, cell: object) -> None:
    assert written(value, kind, form) == cell


@pytest.mark.parametrize(
    ("kind", "samples", "form"),
    [
        ("day", ["2026.03", "2025.11"], "yyyy.mm"),
        ("day", ["2026-03-02"], "yyyy-mm-dd"),
        ("month", ["202603"], "yyyymm"),
        ("day", ["2026.03", "三月"], ""),
        ("yesno", ["有", "无"], "有/无"),
        ("sex", ["1", "2"], "1/2"),
        ("yesno", [], ""),
    ],
)
def test_the_form_of_cells_is_seen(kind: str, samples: list[str], form: str) -> None:
    assert form_seen(kind, samples) == form


def test_words_of_the_ledgers_are_told_in_english_and_what_people_wrote_is_not() -> None:
    assert in_language("长期慢性病、残疾", "en") == "long-term illness, disabled"
    assert in_language("电焊两年", "en") == "电焊两年"
    assert in_language("残疾", "zh") == "残疾"


def test_every_column_has_a_source_a_name_in_both_languages_and_a_form() -> None:
    catalogue = load_catalogue("matcher.wording")
    for ledger in LedgerKind:
        columns = columns_of(ledger)
        assert len({column.code for column in columns}) == len(columns)
        assert catalogue.template(f"LEDGER_{ledger.name}", "en")
        for column in columns:
            told = column.source in FUNCTIONS or column.source.partition(".")[0] in {"worker", "ledger", "line"}
            assert told and column.zh and column.en, column
            assert column.form in {"text", "number"} or forms_of(column.form), column
