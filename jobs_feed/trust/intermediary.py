"""Whether a posting is passed on by an agency, a dispatch company or a broker: only recorded ones may post.

In: a posting. Out: the words that say so – the name of the employer or of who sent it, where it says it comes from, or
its text; nothing for building firms' labour companies, which hire for their own sites, and for public bodies.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

from matcher.domain.facts import Evidence
from matcher.domain.posting import Posting

DENIED = re.compile(r"(?:非|不是|无|没有|拒绝|谢绝|杜绝|不找|勿)[^,，。;；]{0,4}\Z")
SITE_FAMILIES = frozenset({"construction_skilled", "construction_labour", "interior_finish"})
_BARE = re.compile(r"劳务(?:服务)?(?:有限|责任)*公司|劳务(?:队|站|部)$")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """The rows of intermediaries.csv, joined by kind."""
    text = files("jobs_feed.trust").joinpath("intermediaries.csv").read_text(encoding="utf-8")
    kinds: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines(), strict=True):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("|".join(f"(?:{pattern})" for pattern in rows)) for kind, rows in kinds.items()}


def is_intermediary_name(name: str) -> bool:
    """Whether a name is that of an agency, a dispatch company or a labour company."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", name.strip())
    return bool(_patterns()["name"].search(bare)) and not _patterns()["own"].search(bare)


def intermediary_words(posting: Posting, family: str = "") -> tuple[Evidence, ...]:
    """The words by which a posting is passed on by an intermediary; () where nothing says so."""
    employer = posting.employer.strip()
    if is_intermediary_name(employer) and not (family in SITE_FAMILIES and _BARE.search(employer)):
        return (Evidence("用人单位", employer),)
    if is_intermediary_name(posting.sender):
        return (Evidence("来源", posting.sender),)
    source = _patterns()["source"].search(posting.source)
    if source is not None and not DENIED.search(posting.source[: source.start()]):
        return (Evidence("来源", posting.source),)
    for field, text in (("岗位描述", posting.description), ("岗位名称", posting.title)):
        for match in _patterns()["text"].finditer(text):
            if not DENIED.search(text[max(0, match.start() - 6) : match.start()]):
                return (Evidence(field, match[0], start=match.start()),)
    return ()
