"""Parameters of the policy as pages show them.

In: the policy of today, what staff have entered, what is looked for. Out: lines by section, form fields, histories, and
the words of a trial.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matcher.listings import Scope
from matcher.policy import Entry
from matcher.policy.parameters import SECTIONS, Parameter, parameter_of, patterns, said
from matcher.reports.comparing import PersonChange, people_changed
from matcher.reports.trying import RunLine
from web.config import the_office
from web.pages.figures.desk import place_name
from web.phrases import language, t

DESIGN, PRACTICE = ("design",), ("practice", "office practice")
TO_ENTER = "to be entered by the office"


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One parameter as it stands today."""

    key: str
    title: str
    value: str
    unit: str
    since: date
    until: date | None
    basis: str
    own: bool
    """Entered by the office, not shipped."""
    to_enter: bool
    """The basis says that the office is to enter better."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form."""

    key: str
    label: str
    value: str
    unit: str
    whole: bool
    text: bool
    bounds: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One value a parameter had or will have."""

    key: str
    label: str
    value: str
    since: date
    until: date | None
    basis: str
    actor: str
    in_force: bool


def title_of(parameter: Parameter) -> str:
    """The parameter in plain words, with its division where it has one."""
    plain = parameter.en if language() == "en" else parameter.zh
    return f"{plain} · {place_name(parameter.division)}" if parameter.division else plain


def heading_of(parameter: Parameter, keys: Sequence[str]) -> str:
    """What a page about these keys is called."""
    return title_of(parameter) if len(keys) == 1 else t(f"PAGE_POL_SECTION_{parameter.section.upper()}")


def unit_of(key: str) -> str:
    """The unit of a key as the policy has it; a division's is that of the others."""
    entries = the_office().policy.at(the_office().today()).entries
    if key in entries:
        return entries[key].unit
    start = key.rpartition(".")[0] + "."
    return next((entry.unit for name, entry in entries.items() if name.startswith(start)), "")


def unit_words(parameter: Parameter, unit: str) -> str:
    """The unit in the language of the page."""
    return unit if language() == "en" else parameter.unit_zh


def basis_words(basis: str) -> str:
    """What a value rests on; the notes of the makers are said in Chinese on Chinese pages."""
    if language() == "en":
        return basis
    if basis.startswith(DESIGN):
        return t("PAGE_POL_BASIS_DESIGN")
    if basis.startswith(PRACTICE) or basis.isascii():
        return t("PAGE_POL_BASIS_PRACTICE")
    known = basis.split("；practice")[0].split("; practice")[0].split("；the ")[0]
    return f"通人社办发〔2022〕{known}" if known.startswith("113") else known


def section_names() -> list[tuple[str, str]]:
    """The sections with their names."""
    return [(name, t(f"PAGE_POL_SECTION_{name.upper()}")) for name in SECTIONS]


def listed(words: str, section: str) -> list[tuple[str, list[ParameterLine]]]:
    """The parameters in force today by section, those that match words."""
    office = the_office()
    at = office.policy.at(office.today())
    with office.reading() as unit:
        own = {value.entry.key for value in unit.policy_values.all()}
    found: dict[str, list[ParameterLine]] = {}
    for key, entry in at.entries.items():
        parameter = parameter_of(key)
        if parameter is None or (section and parameter.section != section):
            continue
        line = _line(parameter, entry, own=key in own)
        if words.lower() in f"{line.title} {line.key} {line.basis} {line.value}".lower():
            found.setdefault(parameter.section, []).append(line)
    return [(t(f"PAGE_POL_SECTION_{name.upper()}"), found[name]) for name in SECTIONS if name in found]


def _line(parameter: Parameter, entry: Entry, *, own: bool) -> ParameterLine:
    """One parameter."""
    return ParameterLine(
        key=parameter.key,
        title=title_of(parameter),
        value=value_words(parameter, entry.value),
        unit=unit_words(parameter, entry.unit),
        since=entry.since,
        until=entry.until,
        basis=basis_words(entry.basis),
        own=own,
        to_enter=TO_ENTER in entry.basis or "to be confirmed" in entry.basis,
    )


def value_words(parameter: Parameter, value: Any) -> str:
    """A value as it is read: large numbers with commas, kinds of work and places by name."""
    if isinstance(value, tuple) and parameter.key.endswith("_families"):
        return "、".join(the_office().lexicon.name(str(one), language()) for one in value)
    if isinstance(value, tuple) and parameter.key == "limits.construction_regions":
        return "、".join(place_name(str(one).ljust(6, "0")) for one in value)
    if isinstance(value, (int, float)) and abs(value) >= 1000:
        return f"{value:,.0f}"
    return said(value)


def fields_of(keys: Sequence[str]) -> list[Field]:
    """The fields of parameters with what holds today."""
    entries = the_office().policy.at(the_office().today()).entries
    return typed_fields(keys, lambda key: said(entries[key].value) if key in entries else "")


def typed_fields(keys: Sequence[str], value_of: Callable[[str], str]) -> list[Field]:
    """The fields of parameters with values handed in."""
    fields = []
    for key in keys:
        parameter = parameter_of(key)
        if parameter is not None:
            several = parameter.form in ("texts", "numbers")
            bounds = "" if parameter.form == "texts" else f"{parameter.low:g}–{parameter.high:g}"
            unit = unit_words(parameter, unit_of(key))
            fields.append(
                Field(key, title_of(parameter), value_of(key), unit, parameter.form == "whole", several, bounds)
            )
    return fields


def history_of(keys: Sequence[str]) -> list[HistoryLine]:
    """Every value these parameters have had, the newest first."""
    office = the_office()
    policy, today = office.policy, office.today()
    current = policy.at(today).entries
    with office.reading() as unit:
        actors = {(one.entry.key, one.entry): one.actor for one in unit.policy_values.all()}
    lines = []
    for entry in reversed(policy.entries):
        parameter = parameter_of(entry.key) if entry.key in keys else None
        if parameter is not None:
            lines.append(
                HistoryLine(
                    key=entry.key,
                    label=title_of(parameter),
                    value=value_words(parameter, entry.value),
                    since=entry.since,
                    until=entry.until,
                    basis=basis_words(entry.basis),
                    actor=actors.get((entry.key, entry), ""),
                    in_force=current.get(entry.key) is entry,
                )
            )
    return lines


def compared(entries: Sequence[Entry]) -> list[tuple[str, str, str, bool]]:
    """(title, value now, value then, differs) of each."""
    current = the_office().policy.at(the_office().today()).entries
    lines = []
    for entry in entries:
        parameter = parameter_of(entry.key)
        if parameter is not None:
            now = value_words(parameter, current[entry.key].value) if entry.key in current else "–"
            then = value_words(parameter, entry.value)
            lines.append((title_of(parameter), now, then, now != then))
    return lines


def trial_shown(result: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """The result of a trial with people and postings named, within the scope."""
    before = {key: RunLine("", 0, False, tuple(old)) for key, old, _ in result["examples"]}
    after = {key: RunLine("", 0, False, tuple(new)) for key, _, new in result["examples"]}
    with the_office().reading() as unit:
        people: tuple[PersonChange, ...] = people_changed(unit, list(before), before, after, scope)
    return {**result, "people_shown": people}


def addable() -> list[tuple[str, str]]:
    """(beginning of the key, words) of the parameters that can be entered for one more division."""
    return [(one.key.removesuffix(".*"), title_of(one)) for one in patterns()]
