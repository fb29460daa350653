"""The policy file and what it says on a day.

In: a TOML file of dated entries, and the offers of the policy catalogue. Out: `Policy` (all of it, with a digest) and
`PolicyAt` (the entries in force on one day). An entry without unit, date or basis is refused, and so are weights that
do not sum to one.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from matcher.domain.errors import PolicyInvalid
from matcher.domain.service.policies.catalogue import Catalogue, KeptItem
from matcher.policy.floors import undercut
from matcher.reference.offers import shipped_catalogue

Value = float | str | tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry; `until` None = in force until replaced."""

    key: str
    value: Value
    unit: str
    since: date
    basis: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PolicyAt:
    """What is in force on one day."""

    on: date
    digest: str
    entries: Mapping[str, Entry]
    catalogue: Catalogue = field(default_factory=shipped_catalogue)
    """What may be claimed, by whom, under which conditions."""

    def entry(self, key: str) -> Entry:
        """The entry of a key; one that the file must hold."""
        try:
            return self.entries[key]
        except KeyError:
            raise PolicyInvalid(f"政策文件缺少条目 {key}（{self.on}）", ref=key) from None

    def number(self, key: str) -> float:
        """A number, in the unit the file states."""
        value = self.entry(key).value
        if isinstance(value, (int, float)):
            return float(value)
        raise PolicyInvalid(f"政策条目 {key} 应为数字", ref=key)

    def whole(self, key: str) -> int:
        """A whole number."""
        return round(self.number(key))

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers."""
        value = self.entry(key).value
        if isinstance(value, tuple) and all(not isinstance(item, str) for item in value):
            return tuple(float(item) for item in value)
        raise PolicyInvalid(f"政策条目 {key} 应为数字列表", ref=key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.entry(key).value
        if isinstance(value, tuple):
            return tuple(str(item) for item in value)
        raise PolicyInvalid(f"政策条目 {key} 应为文字列表", ref=key)

    def group(self, prefix: str) -> dict[str, float]:
        """All numbers below a prefix, by the last part of their key, in file order."""
        start = f"{prefix}."
        return {key.removeprefix(start): self.number(key) for key in self.entries if key.startswith(start)}

    def minimum_wage(self, division: str, *, by_hour: bool = False) -> float | None:
        """Minimum wage in yuan a month, or an hour, at a division; None where the office has not entered one."""
        table = "minimum_wage_hour" if by_hour else "minimum_wage"
        for length in range(len(division), 1, -1):
            entry = self.entries.get(f"{table}.{division[:length]}")
            if entry is not None:
                return self.number(entry.key)
        return None


@dataclass(frozen=True, slots=True)
class Policy:
    """All dated entries of one policy file."""

    digest: str
    entries: tuple[Entry, ...]
    catalogue: Catalogue = field(default_factory=shipped_catalogue)

    def at(self, on: date) -> PolicyAt:
        """The entries in force on a day; before the first one of a key, the first one stands."""
        chosen: dict[str, Entry] = {}
        for entry in self.entries:
            current = chosen.get(entry.key)
            running = entry.since <= on and (entry.until is None or on <= entry.until)
            if current is None or (running and entry.since >= current.since):
                chosen[entry.key] = entry
        return PolicyAt(on, self.digest, chosen, self.catalogue)


def _entries(node: object, path: tuple[str, ...] = ()) -> list[Entry]:
    """All entries below a node of the file, in file order."""
    if isinstance(node, dict):
        return [entry for key, child in node.items() for entry in _entries(child, (*path, str(key)))]
    key = ".".join(path)
    if not isinstance(node, list):
        raise PolicyInvalid(f"政策条目 {key} 应写成 [[{key}]]", ref=key)
    return [_entry(key, item) for item in node]


def _entry(key: str, item: Mapping[str, object]) -> Entry:
    """One entry; whatever it lacks is named."""
    lacking = [name for name in ("value", "unit", "since", "basis") if item.get(name) in (None, "")]
    if lacking:
        raise PolicyInvalid(f"政策条目 {key} 缺少 {'、'.join(lacking)}", ref=key)
    value, since, until = item["value"], item["since"], item.get("until")
    if isinstance(value, list):
        value = tuple(value)
    if not isinstance(value, (int, float, str, tuple)) or not isinstance(since, date):
        raise PolicyInvalid(f"政策条目 {key} 的值或日期不对", ref=key)
    return Entry(key, value, str(item["unit"]), since, str(item["basis"]), until if isinstance(until, date) else None)


def _tree(content: bytes) -> dict[str, object]:
    """The tables of a policy file."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyInvalid(f"政策文件读不出来：{error}") from error


def read_policy(content: bytes, own: bytes = b"") -> Policy:
    """The policy in a file's bytes, checked; the office's `own` entries come after and stand from their day on."""
    digest = hashlib.sha256(content + own).hexdigest()
    policy = Policy(digest, (*_entries(_tree(content)), *_entries(_tree(own))))
    _check(policy)
    return policy


def with_entries(policy: Policy, entries: Sequence[Entry]) -> Policy:
    """The policy with further entries after its own, checked; its digest tells of each of them."""
    if not entries:
        return policy
    lines = "".join(f"{one.key}={one.value!r}|{one.unit}|{one.since}|{one.basis}\n" for one in entries)
    digest = hashlib.sha256(policy.digest.encode() + lines.encode()).hexdigest()
    grown = Policy(digest, (*policy.entries, *entries), policy.catalogue)
    _check(grown)
    return grown


def with_offers(policy: Policy, versions: Sequence[KeptItem]) -> Policy:
    """The policy with versions of offers that staff entered; its digest tells which."""
    if not versions:
        return policy
    lines = "".join(f"offer {kept.key} {kept.recorded_at}\n" for kept in versions)
    digest = hashlib.sha256(policy.digest.encode() + lines.encode()).hexdigest()
    return replace(policy, digest=digest, catalogue=policy.catalogue.with_versions(versions))


def _check(policy: Policy) -> None:
    """Weights of a part sum to one, neutral values are shares, price rises with load, no floor of law is undercut."""
    for entry in policy.entries:
        if (floor := undercut(entry.key, entry.value)) is not None:
            raise PolicyInvalid(f"政策条目 {entry.key} 不能低于 {floor.low:g}（{floor.basis}）", ref=entry.key)
    for day in sorted({entry.since for entry in policy.entries}):
        at = policy.at(day)
        for part in ("fit", "wish"):
            weights, neutral = at.group(f"weights.{part}"), at.group(f"neutral.{part}")
            if abs(sum(weights.values()) - 1) > 1e-9 or min(weights.values()) < 0:
                raise PolicyInvalid(f"{day} 的 {part} 权重之和应为 1", ref=f"weights.{part}")
            if weights.keys() != neutral.keys() or not all(0 <= value <= 1 for value in neutral.values()):
                raise PolicyInvalid(f"{day} 的 {part} 中性值应与权重一一对应且在 0 到 1 之间", ref=f"neutral.{part}")
        price, load = at.numbers("crowding.price"), at.numbers("crowding.load")
        if len(price) != len(load) or list(price) != sorted(price) or list(load) != sorted(set(load)):
            raise PolicyInvalid("拥挤价格应随负荷上升", ref="crowding.price")


@lru_cache(maxsize=4)
def load_policy(path: str = "") -> Policy:
    """The policy of a file; without one, Tongliao's own."""
    return read_policy(Path(path).read_bytes() if path else _shipped())


def load_office_policy(own: Path) -> Policy:
    """Tongliao's policy with an office's own entries, where it has any."""
    return read_policy(_shipped(), own.read_bytes()) if own.exists() else load_policy()


def _shipped() -> bytes:
    """The policy file that ships with the program."""
    return files("matcher.policy").joinpath("tongliao.toml").read_bytes()


def toml_entry(entry: Entry) -> str:
    """One number as it stands in a policy file."""
    basis = json.dumps(entry.basis, ensure_ascii=False)
    return (
        f"[[{entry.key}]]\nvalue = {entry.value}\nunit = {json.dumps(entry.unit)}\n"
        f"since = {entry.since.isoformat()}\nbasis = {basis}\n"
    )
