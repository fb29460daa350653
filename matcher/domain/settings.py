"""What an office enters about itself.

In: nothing. Out: the names of its settings; their values and history lie in the store.
"""

from __future__ import annotations

from enum import StrEnum


class SettingName(StrEnum):
    """What can be set."""

    OFFICE_NAME = "office_name"
    OFFICE_PHONE = "office_phone"
    COMPLAINT_PHONE = "complaint_phone"
    OFFICE_ADDRESS = "office_address"
    PUBLIC_URL = "public_url"
    PUBLISHING = "publishing"
    """SWITCHED_ON where the office shares its postings with anybody who asks."""
    PASSWORD_PROFILE = "password_profile"  # pragma: allowlist secret
    """Which passwords are taken: "" the default, "dengbao" three kinds of characters and a new one every 90 days."""


SWITCHED_ON = "on"
_SWITCHES = (SettingName.PUBLISHING, SettingName.PASSWORD_PROFILE)
OFFICE_FIELDS = tuple(name for name in SettingName if name not in _SWITCHES)
"""What stands on paper and is typed in one form."""
