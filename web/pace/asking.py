"""Who asks too often waits: 429 with the seconds to wait.

In: a request, the limits of the policy. Out: nothing, or the refusal. Behind a proxy the address is the visitor's only
where JOB131_TRUSTED_PROXY names that proxy; whatever others write into a header counts for nothing.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app, request
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from web.auth import access_table
from web.config import the_office, web_config
from web.pace.buckets import Pace
from web.pace.shared import SharedPace

PACE = "job131.pace"
UNCOUNTED = frozenset({"static", "entry", "door", "health"})
"""Open routes that every page of a clerk needs, that have a guard of their own, or that a watchman asks."""
_ONE_VISITOR = 64
"""Bits of an IPv6 address that say whose it is."""


def seconds_to_wait(asker: str, rule: str) -> int:
    """0 where one more request is fine by a limit of the policy, else whole seconds until it is."""
    office, config = the_office(), web_config()
    pace: Pace | SharedPace | None = current_app.extensions.get(PACE)
    if pace is None:
        shared = SharedPace(config.pace_file, config.secret_key, config.now) if config.pace_file else None
        pace = current_app.extensions.setdefault(PACE, shared or Pace(config.now))
    seconds = pace.take(asker, office.policy.at(office.today()).whole(rule))
    return max(1, round(seconds + 0.5)) if seconds > 0 else 0


def keep_pace() -> None:
    """Before every request: who is not signed in may open the open pages so often a minute from one address."""
    endpoint = request.endpoint or ""
    access = access_table().get(endpoint)
    if access is None or not access.open or endpoint.partition(".")[0] in UNCOUNTED:
        return
    if current_user.is_authenticated:
        return
    seconds = seconds_to_wait(f"visitor:{visitor(request.remote_addr or '')}", "api.open_per_minute")
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def visitor(address: str) -> str:
    """The address of a visitor; of IPv6 the network of one household."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(ip_network((known, _ONE_VISITOR), strict=False))
    return str(known)
