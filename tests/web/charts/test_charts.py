"""Charts whatever the numbers: inside their sheet, no words over each other, said to those who do not see."""

from __future__ import annotations

import math
import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from web.charts import (
    MapSpot,
    PairRow,
    Row,
    Segment,
    Series,
    TargetRow,
    bar_rows,
    columns_chart,
    map_chart,
    mirror_rows,
    pair_rows,
    target_rows,
)
from web.charts.frame import WIDE, fitted, round_top, wide

SVG = "{http://www.w3.org/2000/svg}"
names = st.text(alphabet="科尔沁左翼中旗大Horqin Left<&\"'", min_size=1, max_size=24)
numbers = st.floats(0, 1e7) | st.integers(0, 40_000)
maybe = st.none() | numbers
many = {"min_size": 0, "max_size": 30}


def parsed(svg: Markup) -> ElementTree.Element:
    """The chart as XML; a page has its name space."""
    return ElementTree.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def boxes(root: ElementTree.Element) -> list[tuple[float, float, float, float, str]]:
    """Where words stand: left, top, right, bottom, the words."""
    found = []
    for text in root.iter(f"{SVG}text"):
        words, kind = text.text or "", text.get("class") or ""
        letter = {"tick": 11.0, "net-name": 11.0, "place-name": 12.0}.get(kind, 13.0)
        x, y, long = float(text.get("x", "nan")), float(text.get("y", "nan")), wide(words, letter)
        left = {"start": x, "middle": x - long / 2, "end": x - long}[text.get("text-anchor") or "start"]
        found.append((left, y - letter * 0.8, left + long, y + letter * 0.2, words))
    return found


def sound(svg: Markup) -> ElementTree.Element:
    """Holds for every chart: finite numbers, everything on the sheet, a title and a description."""
    assert not re.search(r'="-?(nan|inf)', str(svg))
    root = parsed(svg)
    _, _, broad, high = (float(part) for part in (root.get("viewBox") or "").split())
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), desc.get("id"))
    for mark in root.iter():
        inside_defs = mark.get("patternUnits") is not None or mark.get("class") == "texture"
        if mark.tag == f"{SVG}rect" and not inside_defs:
            x, y, width, tall = (float(mark.get(name, "nan")) for name in ("x", "y", "width", "height"))
            assert -0.1 <= x <= x + width <= broad + 0.2
            assert -0.1 <= y <= y + tall <= high + 0.2
        if mark.tag == f"{SVG}circle" and not inside_defs:
            x, y = float(mark.get("cx", "nan")), float(mark.get("cy", "nan"))
            assert -0.1 <= x <= broad + 0.1
            assert -0.1 <= y <= high + 0.1
        if mark.tag == f"{SVG}line":
            assert all(math.isfinite(float(mark.get(name, "nan"))) for name in ("x1", "y1", "x2", "y2"))
    for left, top, right, bottom, words in boxes(root):
        assert left >= -1.5, words
        assert right <= broad + 1.5, words
        assert top >= -1.5, words
        assert bottom <= high + 1.5, words
    return root


def apart(root: ElementTree.Element) -> None:
    """No words stand over other words."""
    for one, other in combinations(boxes(root), 2):
        over = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
        assert over[0] <= 0.5 or over[1] <= 0.5, (one[4], other[4])


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            Row, names, st.lists(st.builds(Segment, st.sampled_from("abcd"), numbers), max_size=4).map(tuple), names
        ),
        **many,
    )
)
def test_bars_of_parts(rows: list[Row]) -> None:
    apart(sound(bar_rows(rows, "标题", "说明")))
    apart(sound(bar_rows(rows, "标题", "说明", whole=1000.0)))


@settings(max_examples=25)
@given(st.lists(st.builds(TargetRow, names, maybe, maybe, maybe, names), **many))
def test_targets(rows: list[TargetRow]) -> None:
    apart(sound(target_rows(rows, "标题", "说明")))


@settings(max_examples=25)
@given(st.lists(st.builds(PairRow, names, maybe, maybe, names), **many))
def test_pairs(rows: list[PairRow]) -> None:
    apart(sound(pair_rows(rows, "标题", "说明")))
    apart(sound(mirror_rows(rows, "标题", "说明")))


@settings(max_examples=25)
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30))
def test_columns(pairs: list[tuple[float, float]]) -> None:
    filled, outlined = (Series(tuple(values)) for values in zip(*pairs, strict=True))
    ticks = [f"{place * 500:,}" for place in range(len(pairs))]
    apart(sound(columns_chart(filled, outlined, ticks, "标题", "说明")))


spots = st.builds(
    lambda name, lat, lon, people, openings, exact: (name, lat, lon, people, openings, exact),
    names, st.floats(42.0, 46.0), st.floats(119.0, 124.0), st.integers(0, 9000), st.integers(0, 9000), st.booleans(),
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(spots, **many))
def test_the_map(drawn: list[tuple[str, float, float, int, int, bool]]) -> None:
    placed = [MapSpot(one[0], number, *one[1:], "说明") for number, one in enumerate(drawn, start=1)]
    root = sound(map_chart(placed, "标题", "说明"))
    names_only = ElementTree.Element("g")
    names_only.extend(text for text in root.iter(f"{SVG}text") if text.get("class") == "place-name")
    apart(names_only)


def test_names_are_words_never_marks() -> None:
    svg = bar_rows([Row("<script>", (), "&")], "<b>", '"')
    assert "<script>" not in svg
    assert parsed(svg).find(f"{SVG}title") is not None


@settings(max_examples=25)
@given(names, st.floats(20, 300))
def test_a_name_is_cut_to_its_room(text: str, room: float) -> None:
    assert wide(fitted(text, room)) <= max(room, wide("…"))


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (-3, 1), (math.nan, 1), (7, 8), (99, 100), (101, 150), (37_500, 40_000)]
)
def test_an_axis_ends_on_a_round_number(most: float, top: float) -> None:
    assert round_top(most) == pytest.approx(top)


def test_the_sheet_is_as_wide_as_it_says() -> None:
    root = parsed(bar_rows([], "标题", "说明"))
    assert float((root.get("viewBox") or "").split()[2]) == WIDE
