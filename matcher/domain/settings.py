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
