"""Where a list goes on: opaque, signed, good for the same list with the same filters only.

In: the key of the last row shown. Out: a cursor; the rows behind it are the same whatever is added meanwhile, because
lists go by keys and keys only grow.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Any

import msgspec

from web.api.declared import Ask, Page, Paged
from web.config import the_office, web_config
from web.errors.problems import FieldProblem, Refused
from web.phrases import t

_SIGN_BYTES = 16


def limit_of(ask: Ask) -> int:
    """How many rows the answer holds."""
    policy = the_office().policy.at(the_office().today())
    asked = _paged(ask).limit
    return min(asked or policy.whole("api.page_rows"), policy.whole("api.page_rows_most"))


def after(ask: Ask) -> int | None:
    """The key behind which the list goes on, None at its beginning; 400 for a cursor that is not of this list."""
    cursor = _paged(ask).cursor
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (ValueError, binascii.Error):
        raw = b""
    sign, number = raw[:_SIGN_BYTES], raw[_SIGN_BYTES:]
    canonical = base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == cursor
    if not (canonical and number.isdigit() and hmac.compare_digest(sign, _sign(ask, number))):
        raise Refused(400, t("API_BAD_CURSOR"), errors=[FieldProblem("query", "cursor", t("API_BAD_CURSOR"))])
    return int(number)


def page_of(ask: Ask, rows: list[Any], shown: list[Any], limit: int) -> Page[Any]:
    """The rows of an answer; `rows` are the records behind them, one more than the limit where the list goes on."""
    more = len(rows) > limit
    number = str(rows[limit - 1].key).encode() if more else b""
    cursor = base64.urlsafe_b64encode(_sign(ask, number) + number).rstrip(b"=").decode() if more else None
    return Page(shown, cursor)


def _paged(ask: Ask) -> Paged:
    """The part of the request that says where to go on."""
    found: Paged = ask.body if isinstance(ask.body, Paged) else ask.query
    return found


def _sign(ask: Ask, number: bytes) -> bytes:
    """What ties a cursor to its list and filters."""
    wanted = {k: v for k, v in msgspec.to_builtins(_paged(ask)).items() if k not in {"cursor", "limit"}}
    tied = msgspec.json.encode([ask.endpoint, ask.client.key, wanted, [str(part) for _, part in ask.params]])
    key = hashlib.blake2b(web_config().secret_key.encode(), digest_size=32, person=b"job131-cursor").digest()
    return hmac.digest(key, tied + b"\x1f" + number, hashlib.sha256)[:_SIGN_BYTES]
