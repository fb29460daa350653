"""Accounts: who may sign in, as what and for which villages; and everybody's own password.

In: what an administrator chooses. Out: accounts within the administrator's division; a password somebody else gave is
shown once and must be changed at the next sign-in. Every change is audited and ends the sessions it touches.
"""

from __future__ import annotations

import re
from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.domain.account import Account, Role
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.settings import SettingName
from matcher.office import PROFILES
from web.auth import DEMO_ID, enter, leave, scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_division
from web.phrases import language, t

bp = Blueprint("accounts", __name__, url_prefix="/accounts")
PREFECTURE = "150500"
NEEDS_DIVISION = frozenset({Role.BANNER, Role.WINDOW, Role.COORDINATOR})
_NAME = re.compile(r"[\w.@-]{2,40}")
_TOWNSHIP_DIGITS = 9
MOST_VILLAGES = 60


class Act(StrEnum):
    """What can be done to an account with one button."""

    DISABLE = "disable"
    ENABLE = "enable"
    UNLOCK = "unlock"
    SIGN_OUT = "sign_out"
    RESET = "reset"


@bp.get("/")
def index() -> str:
    """All accounts, what the roles may do, and the form for a new one."""
    office = the_office()
    with office.reading() as unit:
        found = [account for account in unit.accounts.all() if _mine(account)]
        profile = unit.settings.get(SettingName.PASSWORD_PROFILE)
    groups = [(heading, [one for one in found if one.disabled is off]) for heading, off in _HEADINGS]
    return render_template(
        "accounts/list.html", groups=groups, roles=tuple(Role), divisions=divisions(), named=_division_name,
        locked=_locked, profile=profile,
    )  # fmt: skip


@bp.post("/passwords")
def passwords() -> Response:
    """Which passwords are taken from now on."""
    profile = chosen(typed("profile"), tuple(PROFILES))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.settings.put(SettingName.PASSWORD_PROFILE, profile)
        unit.audit.note("password_profile", subject="office", fields=profile or "default")
    flash(t("PAGE_PASSWORDS_KEPT"), "done")
    return redirect(url_for("accounts.index"))


_HEADINGS = (("PAGE_ACCOUNTS_ACTIVE", False), ("PAGE_ACCOUNTS_OFF", True))


@bp.post("/")
def add() -> str:
    """A new account; its password is shown once."""
    office, name = the_office(), typed("name", limit=60)
    if not _NAME.fullmatch(name) or name == DEMO_ID:
        raise InputRefused(t("PAGE_ACCOUNT_BAD_NAME"))
    role, division, villages = _scope_typed()
    password = office.one_time_password(name)
    with office.unit(actor=signed_in().name) as unit:
        made = unit.accounts.add(name, role, password, division=division, villages=villages, must_change=True)
        unit.audit.note("account_added", subject=f"account:{made.key}", fields=role.value)
    return render_template("accounts/secret.html", one=made, password=password, fresh=True)


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One account with everything that can be done to it."""
    account = _found(key)
    return render_template(
        "accounts/one.html", one=account, roles=tuple(Role), divisions=divisions(), locked=_locked(account),
        division=_division_name(account.division), acts=_acts(account),
    )  # fmt: skip


@bp.post("/<int:key>")
def change(key: int) -> Response:
    """Another role, division or villages; open sessions end."""
    account = _found(key)
    role, division, villages = _scope_typed()
    if account.key == signed_in().key and role != account.role:
        raise InputRefused(t("PAGE_ACCOUNT_NOT_SELF"))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.accounts.set_scope(account.name, role, division=division, villages=villages)
        unit.audit.note("account_scope_changed", subject=f"account:{key}", fields=role.value)
    flash(t("PAGE_ACCOUNT_CHANGED", name=account.name), "done")
    return redirect(url_for("accounts.one", key=key))


@bp.post("/<int:key>/act")
def act(key: int) -> Response | str:
    """Off, on, unlocked, signed out everywhere, or a new password."""
    account, wanted = _found(key), chosen(typed("act"), tuple(Act))
    if not wanted:
        raise InputRefused(t("PAGE_ACCOUNT_NO_ACT"))
    if account.key == signed_in().key and wanted in (Act.DISABLE, Act.RESET):
        raise InputRefused(t("PAGE_ACCOUNT_NOT_SELF"))
    office = the_office()
    with office.unit(actor=signed_in().name) as unit:
        password = office.one_time_password(account.name) if wanted == Act.RESET else ""
        if wanted == Act.RESET:
            unit.accounts.set_password(account.name, password, must_change=True)
        elif wanted == Act.UNLOCK:
            unit.accounts.lift_lock(account.name)
        elif wanted == Act.SIGN_OUT:
            unit.accounts.end_sessions(account.name)
        else:
            unit.accounts.set_disabled(account.name, wanted == Act.DISABLE)
        unit.audit.note(f"account_{wanted}", subject=f"account:{key}")
    if password:
        return render_template("accounts/secret.html", one=account, password=password, fresh=False)
    flash(t(f"PAGE_ACCOUNT_DID_{wanted.upper()}", name=account.name), "done")
    return redirect(url_for("accounts.one", key=key))


@bp.get("/password")
def password() -> str:
    """Everybody's own password."""
    return render_template("accounts/password.html", note="", demo_account=signed_in().key == 0)


@bp.post("/password")
def change_password() -> Response | str:
    """A new password of one's own; other sessions end, this one goes on."""
    mine = signed_in()
    if mine.key == 0:
        raise InputRefused(t("PAGE_PASSWORD_DEMO"))
    old, new = request.form.get("old_password", "")[:200], request.form.get("new_password", "")[:200]
    note = "PAGE_PASSWORD_TWICE" if new != request.form.get("new_password_again", "")[:200] else ""
    note = note or ("PAGE_PASSWORD_SAME" if new == old else "")
    if not note and the_office().sign_in(mine.name, old) is None:
        note = "PAGE_PASSWORD_WRONG"
    if note:
        return render_template("accounts/password.html", note=note, demo_account=False)
    with the_office().unit(actor=mine.name) as unit:
        unit.accounts.set_password(mine.name, new)
        unit.audit.note("password_changed", subject=f"account:{mine.key}")
        again = unit.accounts.get(mine.key)
    leave()
    enter(again)
    flash(t("PAGE_PASSWORD_DONE"), "done")
    return redirect(url_for("home.index"))


def divisions() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Banners within the administrator's division, each with its townships, named."""
    gazetteer, mine, lang = the_office().gazetteer, scope().division, language()
    found = []
    for code in gazetteer.counties_of(mine[:6] or PREFECTURE):
        inside = [child for child in gazetteer.children(code) if lies_within(child, mine)]
        found.append((code, gazetteer.name(code, lang), [(child, gazetteer.name(child, lang)) for child in inside]))
    return found


def _scope_typed() -> tuple[Role, str, tuple[str, ...]]:
    """Role, division and villages from the form; refused where they do not fit together."""
    role = chosen(typed("role"), tuple(Role))
    if not role:
        raise InputRefused(t("PAGE_ACCOUNT_NO_ROLE"))
    division = typed_division("division")
    if not lies_within(division or PREFECTURE, scope().division):
        raise RecordNotFound("no such division for this account")
    if not division and Role(role) in NEEDS_DIVISION:
        raise InputRefused(t("PAGE_ACCOUNT_NO_DIVISION"))
    words = re.split(r"[,，、;；\s]+", request.form.get("villages", "")[:2000])
    villages = tuple(dict.fromkeys(word for word in words if word))[:MOST_VILLAGES]
    if role == Role.COORDINATOR and not villages and len(division) < _TOWNSHIP_DIGITS:
        raise InputRefused(t("PAGE_ACCOUNT_NO_VILLAGES"))
    return Role(role), division, villages if role == Role.COORDINATOR else ()


def _mine(account: Account) -> bool:
    """Whether an account lies within the administrator's division."""
    return lies_within(account.division or PREFECTURE, scope().division)


def _found(key: int) -> Account:
    """One account within the administrator's division."""
    with the_office().reading() as unit:
        account = unit.accounts.get(key)
    if not _mine(account):
        raise RecordNotFound("no such account for this administrator")
    return account


def _locked(account: Account) -> bool:
    """Whether an account is locked after failed tries."""
    return account.locked_until is not None and account.locked_until > the_office().clock()


def _acts(account: Account) -> list[Act]:
    """What can be done to an account now."""
    if account.disabled:
        return [Act.ENABLE]
    return [*([Act.UNLOCK] if _locked(account) else []), Act.RESET, Act.SIGN_OUT, Act.DISABLE]


def _division_name(code: str) -> str:
    """A division, named; nothing is the whole city."""
    return the_office().gazetteer.name(code, language()) if code else t("PAGE_ACCOUNT_WHOLE_CITY")
