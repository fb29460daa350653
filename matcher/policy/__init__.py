"""Dated rules of the office: weights, limits and amounts, each with unit, date and basis."""

from matcher.policy.keeping import PolicyKeeper
from matcher.policy.rules import (
    Entry,
    Policy,
    PolicyAt,
    load_office_policy,
    load_policy,
    toml_entry,
    with_entries,
    with_offers,
)

__all__ = [
    "Entry",
    "Policy",
    "PolicyAt",
    "PolicyKeeper",
    "load_office_policy",
    "load_policy",
    "toml_entry",
    "with_entries",
    "with_offers",
]
