"""Labelled messages, and how well they are read: adverts cut right, and every field's precision and recall.

`python -m tests.jobs_feed.pasted.measuring [worked|held_out] [-v]` prints the figures, with -v every difference.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jobs_feed.fields import read_count, read_phone
from jobs_feed.pasted import PastedDraft, read_pasted
from matcher.reading import load_tools
from matcher.reading.age import read_age_limit
from matcher.reading.folding import fold
from matcher.reading.pay import read_pay

CASES = Path(__file__).parent / "cases"
FIELDS = {
    "t": "岗位名称", "u": "用人单位", "p": "工作地点", "n": "招聘人数", "w": "薪资待遇", "a": "年龄要求",
    "s": "性别要求", "h": "工作时间", "b": "食宿", "i": "社会保险", "c": "联系人", "ph": "联系电话", "d": "截止日期",
}  # fmt: skip
AS_OF = date(2022, 6, 20)


@dataclass(frozen=True)
class Message:
    """One message with what a person read in it."""

    name: str
    text: str
    adverts: tuple[dict[str, str], ...]


@dataclass
class Figures:
    """How well a set of messages was read."""

    wanted: int = 0
    found: int = 0
    cut_right: int = 0
    whole_messages: int = 0
    messages: int = 0
    right: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    @property
    def cut_precision(self) -> float:
        """Drafts that are an advert of the message."""
        return self.cut_right / max(self.found, 1)

    @property
    def cut_recall(self) -> float:
        """Adverts of the message that became a draft."""
        return self.cut_right / max(self.wanted, 1)

    def precision(self, *names: str) -> float:
        """Values that are right among those told."""
        return sum(self.right[name] for name in names) / max(sum(self.told[name] for name in names), 1)

    def recall(self, *names: str) -> float:
        """Values that are right among those a person read."""
        return sum(self.right[name] for name in names) / max(sum(self.expected[name] for name in names), 1)


def messages(name: str) -> Iterator[Message]:
    """The labelled messages of a file."""
    for part in (CASES / f"{name}.txt").read_text(encoding="utf-8").split("#### ")[1:]:
        head, _, body = part.partition("\n")
        lines = body.rstrip("\n").split("\n")
        labels = [line[2:] for line in lines if line.startswith("= ")]
        text = "\n".join(line for line in lines if not line.startswith("= "))
        adverts = tuple(dict(_pair(item) for item in label.split("; ")) for label in labels)
        yield Message(head.strip(), text, adverts)


def _pair(item: str) -> tuple[str, str]:
    name, _, value = item.partition("=")
    return name.strip(), value.strip()


def measure(name: str) -> Figures:
    """The figures of a file."""
    figures = Figures()
    for message in messages(name):
        found = read_pasted(message.text, load_tools())
        _compare(message, list(found.drafts), figures)
    return figures


def _compare(message: Message, drafts: list[PastedDraft], figures: Figures) -> None:
    """One message: drafts are paired with adverts by title, then in order."""
    figures.messages += 1
    figures.wanted += len(message.adverts)
    figures.found += len(drafts)
    left, pairs = list(drafts), []
    for advert in message.adverts:
        same = [draft for draft in left if alike("t", advert["t"], draft.fields.get("岗位名称", ""))]
        same.sort(key=lambda draft: not alike("ph", advert.get("ph", ""), draft.fields.get("联系电话", "")))
        if same:
            left.remove(same[0])
            pairs.append((advert, same[0]))
        else:
            figures.differences.append(f"{message.name}: no draft for {advert['t']}")
            figures.expected.update(advert.keys())
    figures.cut_right += len(pairs)
    figures.whole_messages += not left and len(pairs) == len(message.adverts)
    for draft in left:
        figures.differences.append(f"{message.name}: extra draft {draft.fields.get('岗位名称')!r}")
        figures.told.update(short for short, name in FIELDS.items() if draft.fields.get(name))
    for advert, draft in pairs:
        _fields(message, advert, draft, figures)


def _fields(message: Message, advert: dict[str, str], draft: PastedDraft, figures: Figures) -> None:
    for short, name in FIELDS.items():
        wanted, told = advert.get(short, ""), draft.fields.get(name, "")
        figures.expected[short] += bool(wanted)
        figures.told[short] += bool(told)
        if wanted and told and alike(short, wanted, told):
            figures.right[short] += 1
        elif wanted or told:
            figures.differences.append(f"{message.name}: {advert['t']} {name} wanted {wanted!r} told {told!r}")


def alike(short: str, wanted: str, told: str) -> bool:
    """Whether two values say the same."""
    if short == "n":
        return _count(wanted) == _count(told)
    if short == "ph":
        return set((read_phone(wanted).value or "").split()) == set((read_phone(told).value or "").split())
    if _plain(wanted) == _plain(told):
        return True
    if short == "w":
        one, other = (read_pay(text, field="薪资待遇") for text in (wanted, told))
        if one is None or other is None or one.low is None or other.low is None:
            return bool(re.search("面议|计件", wanted) and re.search("面议|计件", told))
        return (one.low, one.high) == (other.low, other.high)
    if short == "a":
        ages = [read_age_limit(text.replace("一", "-"), "年龄要求") for text in (wanted, told)]
        return (
            ages[0] is not None and ages[1] is not None and (ages[0].low, ages[0].high) == (ages[1].low, ages[1].high)
        )
    one, other = _plain(wanted), _plain(told)
    if short in ("t", "u", "c"):
        return one == other or (short == "t" and (one in other or other in one) and abs(len(one) - len(other)) <= 2)
    return (
        one == other
        or (min(len(one), len(other)) * 2 >= max(len(one), len(other)) and (one in other or other in one))
        or (
            short in "bhi"
            and bool(set(one) & set(other) - set("管包提供免费、，"))
            and len(set(one) & set(other)) * 2 >= min(len(set(one)), len(set(other)))
        )
    )


def _count(text: str) -> int | None:
    found = read_count(text)
    return found.value


def _plain(text: str) -> str:
    return re.sub(r"[\s，,、。；;的]", "", fold(text).text)


def main() -> None:
    """Writes the figures to standard output."""
    for name in [one for one in sys.argv[1:] if not one.startswith("-")] or ["worked", "held_out"]:
        sys.stdout.write(table(name, measure(name), verbose="-v" in sys.argv))


def table(name: str, figures: Figures, *, verbose: bool = False) -> str:
    """The figures of a set as lines of text."""
    lines = [f"{name}: {figures.messages} messages, {figures.wanted} adverts, {figures.whole_messages} messages whole"]
    lines.append(f"  cut right P {figures.cut_precision:.3f} R {figures.cut_recall:.3f}")
    for short, field_name in FIELDS.items():
        share = f"P {figures.precision(short):.3f} R {figures.recall(short):.3f}"
        lines.append(f"  {field_name} {share} of {figures.expected[short]}")
    lines.append(f"  all fields P {figures.precision(*FIELDS):.3f} R {figures.recall(*FIELDS):.3f}")
    return "\n".join([*lines, *(figures.differences if verbose else ()), ""])


if __name__ == "__main__":
    main()
