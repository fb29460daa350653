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


SWITCHED_ON = "on"
OFFICE_FIELDS = tuple(name for name in SettingName if name is not SettingName.PUBLISHING)
"""What stands on paper and is typed in one form."""
