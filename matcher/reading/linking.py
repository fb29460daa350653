"""Phrases → occupations and skills of the lexicon.

In: the lexicon, then any text. Out: `Mention`s with the words as typed. Sentences are searched for aliases (longest
first); a short phrase such as a title may also be linked by likeness: rapidfuzz, then character 1–3-grams.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process

from matcher.reading.folding import fold
from matcher.reading.naming.certificates import PaperReader
from matcher.reading.naming.endings import same_trade
from matcher.reading.naming.work_phrases import occupation_of_work
from matcher.reading.wordlists import words
from matcher.reference.alias_guards import stands_alone

if TYPE_CHECKING:
    from matcher.reading.naming.likeness import LikenessIndex
    from matcher.reading.naming.sounds import SoundIndex
    from matcher.reference.lexicon import Lexicon, Occupation

Kind = Literal["occupation", "skill"]

FUZZY_SCORE = 88.0
FUZZY_LENGTH = 3
SOUND_CONFIDENCE = 0.75
TRADE_ENDS = frozenset("工员师手匠")
"""A title that ends so ends with its trade."""
MOST_FAMILIES = 2
"""A paper that more families of trades ask for, such as work at height, names none of them."""
PHRASE_LENGTH = 16
"""Longer phrases are sentences and are never linked by likeness."""

_NOISE = re.compile(
    r"(?:高薪|长期|大量|现|急|诚|特)*(?:招聘|诚聘|急聘|急招|招募|招收|招|聘)(?=[^考商生])|[0-9一二三四五六七八九十]+[名个位人]"
    r"|(?<=[一-龥])[男女](?=工$)|若干名?|数名|多名|[(（\[【].*?[)）\]】]|[!！。.…~]+$"
)
_ASPECT = re.compile(
    r"(?<=[开放养喂跑送做当打种修烧搞看带卖候扫挖配扎刮摘挤贴焊拉干理锁值下刷择洗切炒蒸端顾护用使帮])"
    r"(?:个(?!体|人|体户)|点儿?(?!名|菜|餐|焊|货)|(?:过|了|着)(?:有)?(?:[0-9一二两俩三仨四五六七八九十半几好]+(?:来|多|几)?(?:个?[年月]|冬天?|辈子)(?:多)?的?)?|"
    r"[0-9一二两俩三仨四五六七八九十半几好]+(?:来|多|几)?(?:年|个?月|冬天?)(?:多)?的?|[了过]?[半一]辈子的?)(?=[一-龥])"
    r"|(?<=[员师工])(?:\(?(?:初|中|高|[一二三四五])级\)?)(?=证|资格|技能)"
)
"""What stands between verb and object, or trade and paper: 开过大车, 放了十来年羊, 护理员初级证."""
_OTHER_TRADE = re.compile(rf"(?:{words('jobs.other_trade')}|店长|监理员?|文员|内勤|[检化试]验员)\Z")
_HAN = re.compile(r"[一-龥]")
_NAME_PARTS = re.compile(r"[/、,，;；（）()·]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A code of the lexicon and the words that stand for it; `confidence` in (0, 1]."""

    code: str
    kind: Kind
    start: int
    end: int
    words: str
    confidence: float = 1.0

    def touches(self, start: int, end: int) -> bool:
        """Whether some of its characters lie in a stretch of the text."""
        return self.start < end and start < self.end


class AliasTable:
    """Finds the longest alias at every place of a folded text."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.codes: dict[str, str] = {}
        for alias, code in pairs:
            folded = fold(alias.strip()).text
            if len(folded) >= 2:
                self.codes.setdefault(folded, code)
        lengths: dict[str, set[int]] = {}
        for alias in self.codes:
            lengths.setdefault(alias[:2], set()).add(len(alias))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, code) of every alias, leftmost and longest, none inside another."""
        found = []
        index = 0
        while index < len(text) - 1:
            end = self._longest(text, index)
            if end:
                found.append((index, end, self.codes[text[index:end]]))
            index = end or index + 1
        return found

    def last(self, text: str) -> tuple[int, int, str] | None:
        """(start, end, code) of the longest alias that ends the text."""
        end = len(text)
        for start in range(end - 1):
            if text[start:] in self.codes and _whole_word(text, start, end) and stands_alone(text, start, end):
                return start, end, self.codes[text[start:]]
        return None

    def _longest(self, text: str, start: int) -> int:
        """Where the longest alias that begins here ends; 0 where none does."""
        for length in self._lengths.get(text[start : start + 2], ()):
            end = start + length
            if (
                end <= len(text)
                and text[start:end] in self.codes
                and _whole_word(text, start, end)
                and stands_alone(text, start, end)
            ):
                return end
        return 0


def _without_aspect(text: str) -> tuple[str, list[int]]:
    """The text without 过, 了 and spans of years between verb and object, and where each character stood."""
    places: list[int] = []
    last = 0
    for found in _ASPECT.finditer(text):
        places.extend(range(last, found.start()))
        last = found.end()
    places.extend(range(last, len(text)))
    return "".join(text[place] for place in places), places


def _merged(found: list[tuple[int, int, str]], more: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Both lists in order; of overlapping mentions the longer one."""
    kept: list[tuple[int, int, str]] = []
    for item in sorted({*found, *more}, key=lambda one: (one[0] - one[1], one[0])):
        if all(item[1] <= other[0] or item[0] >= other[1] for other in kept):
            kept.append(item)
    return sorted(kept)


def _whole_word(text: str, start: int, end: int) -> bool:
    """Latin letters and digits at the edge of an alias are not part of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_joins(before, text[start]) or _joins(text[end - 1], after))


def _joins(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one Latin word or number."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


class Linker:
    """Links phrases of one lexicon; equal texts are linked once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._tables: dict[Kind, AliasTable] = {
            "occupation": AliasTable(_occupation_pairs(lexicon)),
            "skill": AliasTable(_skill_pairs(lexicon)),
        }
        self._papers = PaperReader(lexicon, self._tables["skill"].codes, self._tables["occupation"].codes)
        self._makes = _best_occupations(lexicon)
        self._taught = _own_skills(lexicon)
        self._asking = _asking_occupations(lexicon)
        self._mentions = lru_cache(maxsize=131072)(self._find)
        self._best = lru_cache(maxsize=131072)(self._link)

    def mentions(self, text: str, kind: Kind) -> tuple[Mention, ...]:
        """Every alias of this kind that stands in the text, in order; spans are those of the text as typed."""
        return self._mentions(text, kind)

    def best(self, phrase: str, kind: Kind) -> Mention | None:
        """The one code a short phrase such as a title stands for, None where none is near enough."""
        return self._best(phrase, kind)

    def aliases(self, kind: Kind) -> Mapping[str, str]:
        """Every alias of a kind, folded, with its code."""
        return self._tables[kind].codes

    def aimed_at(self, title: str) -> tuple[str, ...]:
        """The papers a class title says one works towards."""
        return self._papers.aimed_at(fold(title).text)

    def occupation_for(self, skill: str) -> str:
        """The occupation a skill makes one best at, "" where it makes one good at none."""
        return self._makes.get(skill, "")

    def occupation_with(self, paper: str) -> str:
        """The occupation a paper is the paper of, "" where there is none or there are many."""
        return self._asking.get(paper, "")

    def is_paper(self, skill: str) -> bool:
        """Whether a skill of the lexicon is a certificate or licence."""
        return skill in self._papers.codes

    @cached_property
    def _likeness(self) -> dict[Kind, LikenessIndex]:
        """Character n-gram indexes, built when a phrase is first not found by its letters."""
        from matcher.reading.naming.likeness import LikenessIndex

        return {kind: LikenessIndex(self.likely(kind)) for kind in self._tables}

    @cached_property
    def _sounds(self) -> dict[Kind, SoundIndex]:
        """Known phrases by their sound, built with the same first phrase."""
        from matcher.reading.naming.sounds import SoundIndex

        return {kind: SoundIndex(self.likely(kind)) for kind in self._tables}

    def likely(self, kind: Kind) -> dict[str, str]:
        """Aliases a phrase may be like: what is not called a paper is never taken for one."""
        return {alias: code for alias, code in self._tables[kind].codes.items() if code not in self._papers.codes}

    def _find(self, text: str, kind: Kind) -> tuple[Mention, ...]:
        """Search one text."""
        folded = fold(text)
        table = self._tables[kind]
        found = table.find(folded.text)
        if _ASPECT.search(folded.text):
            bare, places = _without_aspect(folded.text)
            found = _merged(
                found, [(places[start], places[end - 1] + 1, code) for start, end, code in table.find(bare)]
            )
        if kind == "skill":
            named = self._papers.find(folded.text)
            found = _merged(named.without_others(found, self._papers.codes), list(named.papers))
        return tuple(
            Mention(code, kind, *folded.span(start, end), folded.words(start, end)) for start, end, code in found
        )

    def _link(self, phrase: str, kind: Kind) -> Mention | None:
        """Alias, then the alias inside the phrase that says most, then likeness."""
        core = _NOISE.sub("", fold(phrase.strip()).text).strip(" -_:：")
        if len(core) < 2:
            return None
        exact = self._tables[kind].codes.get(core)
        if exact is not None:
            return Mention(exact, kind, 0, len(phrase), phrase)
        whole = fold(phrase.strip()).text
        if self._papers.names_paper(whole):
            named = [
                found for found in self.mentions(phrase, kind) if kind != "skill" or found.code in self._papers.codes
            ]
            return self._telling(tuple(named), phrase, whole) if named else None
        inside = self.mentions(core, kind)
        told = self._told(core, phrase, kind, inside) or self._with_other_end(core, phrase, kind, inside)
        if told is not None:
            return told
        if inside:
            return self._telling(inside, phrase, core)
        return self._alike(core, phrase, kind) if len(core) <= PHRASE_LENGTH and _HAN.search(core) else None

    def _told(self, core: str, phrase: str, kind: Kind, inside: tuple[Mention, ...]) -> Mention | None:
        """What verb and object tell, where they say more than the aliases inside; of skills the trade's own."""
        work = occupation_of_work(core) if len(core) <= PHRASE_LENGTH and not (inside and kind == "skill") else None
        if work is None:
            return None
        code, start, end = work
        if any(found.end - found.start >= end - start or _heads(core, found, end) for found in inside):
            return None
        code = code if kind == "occupation" else self._taught.get(code, "")
        share = (end - start) / len(core)
        return Mention(code, kind, 0, len(phrase), phrase, round(0.7 + 0.2 * share, 3)) if code else None

    def _with_other_end(self, core: str, phrase: str, kind: Kind, inside: tuple[Mention, ...]) -> Mention | None:
        """A trade with another word for the person: 修车学徒; where it says more than the aliases inside."""
        same = same_trade(core, self._tables[kind].codes) if kind == "occupation" else None
        if same is None:
            return None
        code, start, stop = same
        told = len(core) - start
        if any(found.end - found.start >= told or found.start < stop < found.end == len(core) for found in inside):
            return None
        return Mention(code, kind, 0, len(phrase), phrase, round(0.8 + 0.15 * told / len(core), 3))

    def _telling(self, inside: tuple[Mention, ...], phrase: str, core: str) -> Mention:
        """Of several aliases in a title the longest, and of equally long ones the last: Chinese heads stand last.

        Whoever teaches, sells or keeps the books of a trade ends the title, and is not of that trade: 电工培训老师.
        """
        head = self._tables["occupation"].last(core) if _OTHER_TRADE.search(core) else None
        if head is not None and inside[0].kind == "occupation":
            chosen = Mention(head[2], "occupation", head[0], head[1], core[head[0] :])
        else:
            chosen = max(inside, key=lambda found: (found.end - found.start, found.start))
        share = (chosen.end - chosen.start) / max(len(core), 1)
        return Mention(chosen.code, chosen.kind, 0, len(phrase), phrase, round(0.8 + 0.2 * min(share, 1.0), 3))

    def _alike(self, core: str, phrase: str, kind: Kind) -> Mention | None:
        """By likeness of letters: nearly the same word first, then shared pieces, with a reject."""
        if len(core) >= FUZZY_LENGTH:
            codes = self.likely(kind)
            near = process.extractOne(core, codes.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE)
            if near is not None:
                return Mention(codes[near[0]], kind, 0, len(phrase), phrase, round(near[1] / 100 * 0.9, 3))
            code = self._sounds[kind].alike(core)
            if code:
                return Mention(code, kind, 0, len(phrase), phrase, SOUND_CONFIDENCE)
        code, likeness = self._likeness[kind].nearest(core)
        return Mention(code, kind, 0, len(phrase), phrase, round(likeness * 0.8, 3)) if code else None


def _heads(core: str, found: Mention, end: int) -> bool:
    """Whether a trade's own name ends a title, behind what was read up to `end`: 钢结构焊工, 奶茶店店长."""
    return found.end == len(core) > end and (core[-1] in TRADE_ENDS or bool(_OTHER_TRADE.search(core)))


def _occupation_pairs(lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """(alias, code) of occupations: placed aliases first, then the parts of their names."""
    for alias in lexicon.aliases:
        if alias.kind == "occupation":
            yield alias.text, alias.code
    for occupation in lexicon.occupations.values():
        yield from ((part, occupation.code) for part in _NAME_PARTS.split(occupation.name_zh))


def _skill_pairs(lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """(alias, code) of skills: placed aliases first, then the parts of their names."""
    for alias in lexicon.aliases:
        if alias.kind == "skill":
            yield alias.text, alias.code
    for skill in lexicon.skills.values():
        yield from ((part, skill.code) for part in _NAME_PARTS.split(skill.name_zh))


def _best_occupations(lexicon: Lexicon) -> dict[str, str]:
    """Skill → the occupation in which it weighs most, of equal ones that of its own family, then the first."""
    best: dict[str, tuple[float, bool, str]] = {}
    for occupation in lexicon.occupations.values():
        for skill, weight in occupation.skills:
            key = (weight, lexicon.skills[skill].family == occupation.family)
            if key > best.get(skill, (0.0, False, ""))[:2]:
                best[skill] = (*key, occupation.code)
    return {skill: code for skill, (*_, code) in best.items()}


def _own_skills(lexicon: Lexicon) -> dict[str, str]:
    """Occupation → the skill that is its work itself, where one is."""
    return {
        occupation.code: skill
        for occupation in lexicon.occupations.values()
        for skill, weight in occupation.skills[:1]
        if weight >= 1 and lexicon.skills[skill].kind == "skill"
    }


def _asking_occupations(lexicon: Lexicon) -> dict[str, str]:
    """Paper → the first occupation of its own family that asks for it, where it is not a paper of many trades."""
    asking: dict[str, list[Occupation]] = {}
    for occupation in lexicon.occupations.values():
        for paper in occupation.licences:
            asking.setdefault(paper, []).append(occupation)
    return {
        paper: next((one.code for one in found if one.family == lexicon.skills[paper].family), "")
        for paper, found in asking.items()
        if len({one.family for one in found}) <= MOST_FAMILIES
    }
