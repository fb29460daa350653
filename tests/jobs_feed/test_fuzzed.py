"""Any bytes to every parser: a result or a refusal of ours, never an error of its own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.drills.fuzz import KINDS, TARGETS, fed

STARTS = (
    b"", b"{", b"[", b'{"jobs": [', b'<?xml version="1.0"?>', b"<rss><channel><item>", b"<html><script",
    b"\xef\xbb\xbf", b"PK\x03\x04", "招聘：".encode(), b'"records": [', b"<!DOCTYPE a [",
)  # fmt: skip
ALPHABET = '{}[]"<>/=,:;\\u0041 \n\t&#x0-+eE.1、招聘元月年日岁至以上"'
anything = st.one_of(st.binary(max_size=300), st.text(alphabet=ALPHABET, max_size=120).map(str.encode))


@pytest.mark.parametrize("name", sorted(TARGETS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.integers(0, len(KINDS) - 1), start=st.sampled_from(STARTS), rest=anything)
@example(kind=0, start=b"", rest=b"[" * 5_000)
@example(kind=0, start=b"", rest=b'{"a":' * 5_000)
@example(kind=0, start=b"", rest=b'"records": ' + b"[" * 5_000)
@example(kind=0, start=b"", rest=b"<a>" * 5_000)
@example(kind=0, start=b"", rest=b'{"a": "\xff\xfe"}')
@example(kind=0, start=b"", rest=b'"a": "\xff"}')
@example(kind=0, start=b"", rest="➄".encode())
@example(kind=0, start=b"", rest="²".encode())
@example(kind=0, start=b"", rest=b'{"a": 1e999999, "b": 99999999999999999999999999}')
def test_any_bytes_end_with_a_result_or_a_refusal(name: str, kind: int, start: bytes, rest: bytes) -> None:
    fed(name, (bytes([kind]) if name == "feed" else b"") + start + rest)
