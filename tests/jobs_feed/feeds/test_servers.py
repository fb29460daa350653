"""Whatever a server does: the right rows, one clear line, no hang, no call outside the list."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from matcher.domain.incoming.feed import FeedState
from matcher.office import Office
from tests.jobs_feed.feeds.offices import around, fetched, states
from tests.jobs_feed.feeds.servers import BEHAVIOURS, GOOD, Running


@dataclass(frozen=True)
class Case:
    """What is to come of a server."""

    state: FeedState
    stored: int = 0
    code: str = ""
    """The code of the outcome, or of one of its problems or notices."""
    refused: int = 0
    asked: int = 1
    seconds: float = 20.0


OK, FAILED, WAITING = FeedState.OK, FeedState.FAILED, FeedState.WAITING
CASES = {
    "good_json": Case(OK, GOOD),
    "good_csv_called_octets": Case(OK, GOOD),
    "workbook_called_a_page": Case(OK, GOOD),
    "slow_headers": Case(FAILED, code="FEED_SLOW", seconds=0.3),
    "silent": Case(FAILED, code="FEED_SLOW", seconds=0.3),
    "slow_drip": Case(FAILED, code="FEED_SLOW", seconds=0.3),
    "endless_body": Case(FAILED, code="FEED_LARGE"),
    "endless_chunks": Case(FAILED, code="FEED_LARGE"),
    "redirect_to_loopback": Case(FAILED, code="FEED_REDIRECT"),
    "redirect_to_file": Case(FAILED, code="FEED_REDIRECT"),
    "redirect_to_metadata": Case(FAILED, code="FEED_REDIRECT"),
    "redirect_loop": Case(FAILED, code="FEED_REDIRECT"),
    "gzip_bomb": Case(FAILED, code="FEED_LARGE"),
    "gzip_twice": Case(FAILED, code="FEED_PACKED"),
    "gzip_good": Case(OK, GOOD),
    "deflate_bare": Case(OK, GOOD),
    "gzip_cut_short": Case(FAILED, code="FEED_TRUNCATED"),
    "gzip_said_but_plain": Case(FAILED, code="FEED_PACKED_BROKEN"),
    "unknown_coding": Case(FAILED, code="FEED_PACKED"),
    "gbk_called_utf8": Case(OK, GOOD),
    "utf8_called_gbk": Case(OK, GOOD),
    "json_in_utf16": Case(OK, GOOD),
    "cut_off_body": Case(FAILED, code="FEED_TRUNCATED"),
    "cut_off_chunks": Case(FAILED, code="FEED_TRUNCATED"),
    "says_less_than_it_sends": Case(FAILED, code="FEED_LENGTH"),
    "json_cut_without_length": Case(FAILED, code="FEED_TRUNCATED"),
    "page_instead_of_csv": Case(FAILED, code="FEED_WEBPAGE"),
    "error_500": Case(FAILED, code="FEED_STATUS"),
    "forbidden": Case(FAILED, code="FEED_FORBIDDEN"),
    "busy": Case(WAITING, code="FEED_WAITING"),
    "busy_with_a_date": Case(WAITING, code="FEED_WAITING"),
    "busy_without_saying_when": Case(FAILED, code="FEED_BUSY"),
    "unchanged_at_once": Case(FAILED, code="FEED_UNCHANGED_FIRST"),
    "empty_200": Case(FAILED, code="FEED_EMPTY"),
    "json_too_deep": Case(FAILED, code="FEED_DEEP"),
    "json_of_empty_objects": Case(FAILED, code="FEED_LARGE"),
    "billion_laughs": Case(FAILED, code="FEED_DOCTYPE"),
    "entity_of_a_file": Case(FAILED, code="FEED_DOCTYPE"),
    "next_page_loop": Case(OK, 4, code="FEED_NEXT_LOOP", asked=2),
    "next_page_elsewhere": Case(OK, GOOD, code="FEED_NEXT_FOREIGN"),
    "next_page_is_a_file": Case(OK, GOOD, code="FEED_NEXT_BAD"),
    "third_page_breaks": Case(FAILED, code="FEED_STATUS", asked=3),
    "duplicate_references": Case(OK, 3, code="IMPORT_REF_TWICE", refused=1),
    "rows_that_are_none": Case(OK, 3, code="IMPORT_MISSING", refused=4),
    "huge_header": Case(FAILED, code="FEED_HEADERS"),
    "many_headers": Case(FAILED, code="FEED_HEADERS"),
    "no_http": Case(FAILED, code="FEED_NOT_HTTP"),
    "continues_without_end": Case(FAILED, code="FEED_SLOW", seconds=0.3),
    "closes_at_once": Case(FAILED, code="FEED_NOT_HTTP"),
}
TRIED_APART = {"pages_without_end"}


def test_every_server_is_tried() -> None:
    assert BEHAVIOURS.keys() == CASES.keys() | TRIED_APART


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_server(shared_office: Office, name: str) -> None:
    case = CASES[name]
    began = time.monotonic()
    with Running(BEHAVIOURS[name]) as server:
        result = fetched(shared_office, name, server.url, surroundings=around(seconds=case.seconds))
        asked = list(server.asked)
    told = [result.phrase.code, *(one.phrase.code for one in (*result.problems, *result.notices))]
    assert (result.state, result.stored, len(asked)) == (case.state, case.stored, case.asked), told
    assert len(states(shared_office, name)) == case.stored
    assert case.code in ("", *told)
    assert result.refused == case.refused
    assert time.monotonic() - began < 15
    for language in ("zh", "en"):
        message = result.message(shared_office.wording(language, "jobs_feed"))
        assert "{" not in message and "\n" not in message and "secret" not in message
