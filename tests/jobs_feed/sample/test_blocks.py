"""The hand-written blocks are rich enough and every pattern in them can be said."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jobs_feed.sample.adverts import fitting_texts
from jobs_feed.sample.blocks import load_blocks
from jobs_feed.sample.dice import parse


def texts_in(value: object) -> Iterator[str]:
    """Every text anywhere in a block."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def test_every_pattern_can_be_parsed() -> None:
    for text in texts_in(msgspec.to_builtins(load_blocks())):
        parse(text)


def test_there_are_enough_kinds_of_people_postings_and_classes() -> None:
    blocks = load_blocks()
    assert len(blocks.trades) >= 60
    assert len(blocks.standings) >= 15
    assert len(blocks.situations) >= 30
    assert len(blocks.adverts) >= 90
    assert len(blocks.courses) >= 35


def test_no_code_stands_twice() -> None:
    blocks = load_blocks()
    for group in (blocks.trades, blocks.standings, blocks.situations, blocks.adverts, blocks.courses):
        codes = [block.code for block in group]
        assert len(codes) == len(set(codes))


def test_every_name_that_a_block_refers_to_exists() -> None:
    blocks = load_blocks()
    trades = {trade.code for trade in blocks.trades}
    known = {each.code for each in (*blocks.standings, *blocks.situations)} | {"married", "single"}
    for standing in blocks.standings:
        assert trades.issuperset(standing.trades)
    for situation in blocks.situations:
        assert known.issuperset(situation.excludes), situation.code
    counties = {county.code for county in blocks.counties}
    for advert in blocks.adverts:
        assert counties.issuperset(advert.counties)


def test_every_title_of_an_advert_has_a_text_that_fits_it() -> None:
    for advert in load_blocks().adverts:
        for title in advert.titles:
            assert fitting_texts(advert, title), (advert.code, title)
