"""Numbers that look right and belong to nobody: birth date and sex in, ID number, phone, company code out.

County code 150599 was never assigned (GB/T 2260), mobile prefix 154 is given to no operator
(it is missing from the numbering plan as libphonenumber records it).
"""

from __future__ import annotations

from datetime import date

COUNTY_UNASSIGNED = "150599"
PHONE_UNASSIGNED = "154"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def id_number(birth: date, *, male: bool, serial: int) -> str:
    """18 digits with a valid check digit (GB 11643); `serial` < 500 tells people of one birthday apart."""
    body = f"{COUNTY_UNASSIGNED}{birth:%Y%m%d}{serial % 500 * 2 + male:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + _ID_CHECKS[total % 11]


def phone_number(serial: int) -> str:
    """11 digits under a prefix that no operator has; `serial` < 10**8."""
    return f"{PHONE_UNASSIGNED}{serial:08d}"


def company_code(serial: int) -> str:
    """18 characters of a unified social credit code (GB 32100) with both check characters valid."""
    organisation = f"{serial:08d}"
    remainder = 11 - sum(int(digit) * weight for digit, weight in zip(organisation, _ORG_WEIGHTS, strict=True)) % 11
    body = f"91{COUNTY_UNASSIGNED}{organisation}{ {10: 'X', 11: '0'}.get(remainder, str(remainder)) }"
    total = sum(_CODE_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _CODE_ALPHABET[-total % 31]
