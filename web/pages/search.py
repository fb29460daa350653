"""What was searched for, kept between pages without ever standing in an address.

In: a name somebody typed. Out: the same text on the next page, from the session, encrypted there because a session
lies in the browser.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from flask import session

from web.config import web_config

PEOPLE, NUMBER = "people", "number"
"""What is kept: the text of the list, and an identity number that waits for its purpose."""


def _box() -> Fernet:
    """Encryption under a key of its own, derived from the session key."""
    digest = hashlib.blake2b(web_config().secret_key.encode(), digest_size=32, person=b"job131-search").digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def remember_text(text: str, *, slot: str = PEOPLE) -> None:
    """Keep what is looked for; empty forgets it."""
    if text:
        session[slot] = _box().encrypt(text.encode()).decode()
    else:
        session.pop(slot, None)


def remembered_text(*, slot: str = PEOPLE) -> str:
    """What is looked for, "" where nothing is."""
    try:
        return _box().decrypt(session.get(slot, "").encode()).decode()
    except InvalidToken:
        return ""
