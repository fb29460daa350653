"""Lines of a case's story as sentences.

In: `StoryLine`s. Out: what the page says of each.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.cases.timeline import StoryLine
from web.phrases import t

_PLAIN = frozenset({"plan", "printed", "slip", "closed", "undo"})


def told_line(line: StoryLine) -> str:
    """One line."""
    if line.what in _PLAIN:
        return t(f"STORY_{line.what.upper()}")
    return _SENTENCES[line.what](line)


def _teller(line: StoryLine) -> str:
    """Who says so."""
    return t(f"LADDER_SAID_{line.code.upper()}") if line.code else t("LADDER_UNKNOWN")


_SENTENCES: dict[str, Callable[[StoryLine], str]] = {
    "began": lambda line: t("STORY_BEGAN", teller=_teller(line)),
    "ended": lambda line: t("STORY_ENDED", teller=_teller(line)),
    "call": lambda line: t("STORY_CALL", days=line.more, result=t(f"SLICE_RESULT_{line.code.upper()}")),
    "life": lambda line: t(f"STORY_LIFE_{line.code.upper()}"),
    "class": lambda line: t(f"STORY_CLASS_{line.code.upper()}"),
    "opened": lambda line: t(f"STORY_OPENED_{line.code.upper()}"),
    "guidance": lambda line: t(
        "STORY_GUIDANCE", minutes=line.minutes, way=t(f"CASE_WAY_{line.code.upper()}"), who=line.who
    ),
    "delivered": lambda line: t("STORY_DELIVERED", way=t(f"CASE_HOW_{line.code.upper()}"), who=line.who),
    "training": lambda line: t(f"STORY_TRAINING_{line.code.upper()}"),
    "referred": lambda line: t("STORY_REFERRED", title=line.title, back_until=line.more),
    "stub": lambda line: t("STORY_STUB", title=line.title, result=t(f"CASE_RESULT_{line.code.upper()}")),
    "exit": lambda line: t("STORY_EXIT", way=t(f"CASE_EXIT_{line.code.upper()}")),
    "owner": lambda line: t("STORY_OWNER", who=line.who),
}
