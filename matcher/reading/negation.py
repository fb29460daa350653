"""What is said about a stretch of text: is it so, denied, over, still to come, somebody else's, or hearsay?

In: a text and the place of a mention. Out: `Polarity`, judged inside the clause: scope ends at punctuation
(an enumeration with 、 carries on) and at 但, 可是, 不过.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matcher.reading.folding import fold


class Polarity(StrEnum):
    """How a mention is meant."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    PAST = "past"
    FUTURE = "future"
    HEARSAY = "hearsay"
    OTHER = "other"
    """Said of somebody else: “他媳妇会缝纫”."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two ends of scope."""

    start: int
    end: int


_BREAK = re.compile(
    r"[。；;！!？?\n\r，,|｜]+|但是?|"
    r"可是|不过(?=[，,现也他她])|就是(?=[不没怕])|(?<=[^\d])[.](?=\D|$)|(?:[ \t\u3000]{2,})"
)
_SENTENCE = re.compile(r"[。！!？?\n\r；;]+")

_AFFIRMING = re.compile(
    r"不是不|没有不|不得不|不能不|不会不|不怕|不嫌|不差|不错|不但|不仅|不光|不只|不止|不耽误|不影响|不限|不论|不管|不挑|"
    r"没问题|没毛病|没少|没的说|没得说|离不开|未必|差不多|(?<!只)要不|无论|无所谓|不一样|不少|不低于|不超过|不到|没多久|不久"
)
_EXCEPT = re.compile(r"除了|除")
_EXCEPT_ALL_ELSE_NO = re.compile(
    r"(?:啥|什么|别的|其他|其它|旁的).{0,3}(?:不|没)|都(?:不|没)|也(?:不|没)|(?:不|没).{0,4}(?:别的|其他)"
)
_EXCEPT_MORE = re.compile(r"还(?!行)|也(?!行|可以)|另外|以外还|之外还")
_DENY_BEFORE = re.compile(
    r"(?:不(?:太|怎么|大|咋|再|敢|爱|乐意|愿意?|想要?|能够?|会|要|可以?|让|准|宜|适合|考虑|接受|喜欢|需要?|用|做|干|去|懂|是|得|安排|从事|参加)?|"
    r"没(?:有|啥|能|法|怎么|在|正经|正式|学|做|干|当|开|考|办|拿|取|上|参加|接触)?过?|未曾?|无(?!人机|损|菌|纺|缝)|拒绝?|谢绝|别(?!的|人|墅|处|家|样)|免谈|怕|讨厌|"
    r"干不了|做不了|开不了|受不了|弃|戒|停|吊销|注销|丢了?)"
)
_DENY_AFTER = re.compile(
    r"^(?:的?活儿?|的?工作|这(?:行|块|活|种)|岗位?|啥的|什么的|之类的?|方面|一类|那些|都|也|就|的|他|她"
    r"|我|本人|工|时|呢|吧|证|、|[ ]){0,4}?"
    r"(?:(?:他|她|我|本人|实在|真|是|再|暂时|现在|目前)?"
    r"(?:不(?:行(?!李)|会|能|想|愿|要|干|去|做|考虑|接受|喜欢|敢|爱|了|懂|适合|可以|合适|安排)|没(?:干|做|学|接触|有|证|考)|干不|做不|干够|开不|免|除外|就算了|算了|拉倒|不成|不中))"
)
_ALL_DENIED_AFTER = re.compile(r"^(?:[、和跟及与或][^，。,]{1,8}?){1,5}(?:都|全|一概)(?:不|没)")
_SCOPE_CUT = re.compile(
    r"(?:就|只|光|净|倒|而是|还是|却)(?:会|能|想|干|做|愿|要|行|喜欢|在|好|剩|有)|(?<![不没机社学体聚开可功技才])会"
)
_AFTER_FALSE = re.compile(r"不会不|不能不|不想停|不错|不会错")
_PAST = re.compile(
    r"以前|之前|原来|原先|过去|早先|从前|早年|年轻时|年轻那会|曾经?|当年|前些年|前几年|那几年|那时候?|干过|做过|当过|开过|跑过|学过|养过|待过|打过|修过"
)
_FUTURE = re.compile(
    r"明年|后年|将来|以后(?=.{0,6}(?:想|要|再|打算))|打算|准备|计划|想学|要学|想考|要考|想报|毕业后|开春|年后|过完年|等.{1,10}(?:后|再|了)|下半年"
)
_HEARSAY = re.compile(
    r"听说|听人说|听.{1,4}说|据说|据.{1,4}(?:反映|讲|说)|传言|有人说|都说|风传|好像|估计|可能(?!的)|不知道?(?:真假|是不是)"
)
_TOLD = re.compile(r"听说|据说|听人说")
_RELATIVE = (
    "媳妇|老婆|妻子|丈夫|老公|爱人|对象|老伴|老头子?|老太太|家里那口子|我家那口子|儿子|儿媳妇?|姑娘|女儿|闺女|女婿|孙子|孙女|外孙|"
    "父亲|母亲|爸爸?|妈妈?|爹|娘|父母|公公|婆婆|公婆|岳父|岳母|哥哥?|弟弟?|姐姐?|妹妹?|姐夫|妹夫|嫂子|弟媳|叔叔?|舅舅?|大爷|亲戚|邻居|同村|"
    "同乡|老乡|朋友|孩子|家人|家属"
)
_OTHER = re.compile(
    rf"(?:{_RELATIVE})(?:们|俩)?(?:现在|如今|也|都|常年|一直|正|是|在|想|愿|希望|打算|要|爱|喜欢|会|能|干|做|当|开|跑|有|患|得|去|出去|出外|外出|[一-龥]{{0,3}}(?:岁|打工))"
)
_FOR_OTHER = re.compile(
    rf"(?:照顾|照看|伺候|侍候|看护|陪护?|接送|给|跟|和|与|随|帮|替|带|看|送|离不开|托|经|听)(?:着|过)?[一-龥]{{0,4}}?(?:{_RELATIVE})"
)
_BACK_TO_SELF = re.compile(
    r"本人|自己|他(?!媳妇|老婆|儿|妈|爸|妻|对象|父|母|爱人|家|女)|她(?!丈夫|老公|儿|妈|爸|对象|父|母|爱人|家|女|男)|我(?!家|媳妇|老|儿|妈|爸|对象|父|母|爱人|女)"
)
_OVER = re.compile(
    r"(?:现在|如今|后来|眼下|目前|近几?年|这(?:两|几)年|上?岁数|年纪|.{0,4}(?:之后|以后)).{0,14}?"
    r"(?:不行|不能|干不[了动]|不了|不干了|不做了|不敢|不开了|[看开跑上下]不[了动清见]|吊销|不让|不中用|转行|改行|[花差坏]了|没了)"
    r"|不再(?:干|做|开)|(?:早就|已经|现在)?不(?:干|做|开|跑|养|种)了|[干开跑做放养]不(?:动|了)了?|(?:岁数|年纪)(?:太)?大了|改行|转行|撂下了|扔下了|(?:眼睛|眼神|腰|腿|胳膊|手|身体|体力|岁数).{0,5}(?:不行|跟不上|不中|坏)"
)


_WAS_INSIDE = re.compile(r".过|.了|年")
_WAS_AFTER = re.compile(r".{0,4}过|.{0,8}年")
_STOPPED = re.compile(r"不(?:干|做|开|跑|养|种)了|干不动了?|干不了了")


@lru_cache(maxsize=65536)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a folded text, in order."""
    found = []
    start = 0
    for gap in _BREAK.finditer(text):
        if gap.start() > start:
            found.append(Clause(start, gap.start()))
        start = gap.end()
    if start < len(text):
        found.append(Clause(start, len(text)))
    return tuple(found)


@lru_cache(maxsize=65536)
def clause_at(text: str, position: int) -> Clause:
    """The clause a place lies in; the whole text where it lies in none."""
    return next((clause for clause in clauses(text) if clause.start <= position < clause.end), Clause(0, len(text)))


def polarity(text: str, start: int, end: int) -> Polarity:
    """How the mention at [start, end) of a text as typed is meant."""
    folded = fold(text)
    if folded.origin:
        start, end = _place(folded.origin, start, end)
    return folded_polarity(folded.text, start, end)


@lru_cache(maxsize=65536)
def folded_polarity(text: str, start: int, end: int) -> Polarity:
    """The same over a folded text."""
    clause = clause_at(text, start)
    before, after = text[clause.start : start], text[end : max(clause.end, end)]
    if about_other(text, start):
        return Polarity.OTHER
    if _denied(before, after, text[clause.end : _sentence_end(text, clause.end)]):
        return Polarity.NEGATED
    if hearsay(text, start):
        return Polarity.HEARSAY
    if _FUTURE.search(before):
        return Polarity.FUTURE
    return Polarity.PAST if _PAST.search(before) or after.startswith("过") else Polarity.AFFIRMED


def hearsay(text: str, start: int) -> bool:
    """Whether the sentence up to this place of a folded text only repeats what others say."""
    clause = clause_at(text, start)
    lead = text[_sentence_start(text, start) : start]
    return bool(_HEARSAY.search(text[clause.start : start]) or _TOLD.search(lead))


def denied_before(text: str, start: int) -> bool:
    """Whether the words before this place of a folded text, in its clause, deny what comes."""
    return bool(_DENY_BEFORE.search(_in_scope(text[clause_at(text, start).start : start])))


def no_longer(text: str, start: int, end: int) -> bool:
    """Whether the work mentioned at this place of a folded text is said to be over: “…，现在眼睛不行”."""
    clause = clause_at(text, start)
    rest = text[end : _sentence_end(text, clause.end)]
    was = _PAST.search(text[clause.start : start]) or _WAS_INSIDE.search(text[start:end]) or _WAS_AFTER.match(rest)
    if not was:
        return bool(_STOPPED.search(rest[:12]))
    return bool(_OVER.search(rest))


def about_other(text: str, start: int) -> bool:
    """Whether the clause up to this place speaks of a relative or neighbour instead of the person."""
    clause = clause_at(text, start)
    before = text[clause.start : start]
    subjects = list(_OTHER.finditer(before + text[start : start + 1]))
    if not subjects or _FOR_OTHER.search(before[: subjects[-1].end()]):
        return False
    return not _BACK_TO_SELF.search(before[subjects[-1].end() :])


def _denied(before: str, after: str, following: str) -> bool:
    """Whether the words around a mention deny it."""
    if _EXCEPT.search(before):
        return _excepted(after, following)
    if "除外" in after:
        return True
    if _DENY_AFTER.search(after) and not _AFTER_FALSE.search(after[:8]):
        return True
    if _ALL_DENIED_AFTER.search(after):
        return True
    return bool(_DENY_BEFORE.search(_in_scope(before)))


def _in_scope(before: str) -> str:
    """The words before a mention from the last new verb on, without those that only look like denials."""
    scope = _AFFIRMING.sub("", before)
    cuts = [cut.start() for cut in _SCOPE_CUT.finditer(scope) if cut.start() > 1]
    return scope[cuts[-1] :] if cuts else scope


def _excepted(after: str, following: str) -> bool:
    """除了 X …: X is denied where the rest is welcome, affirmed where the rest is denied or more is added."""
    rest = (after + following)[:24]
    return not (_EXCEPT_ALL_ELSE_NO.search(rest) or _EXCEPT_MORE.search(rest))


def _sentence_end(text: str, start: int) -> int:
    """Where the sentence that runs on at `start` ends."""
    stop = _SENTENCE.search(text, start)
    return stop.start() if stop else len(text)


def _sentence_start(text: str, position: int) -> int:
    """Where the sentence around `position` begins."""
    starts = [stop.end() for stop in _SENTENCE.finditer(text, 0, position)]
    return starts[-1] if starts else 0


def _place(origin: tuple[int, ...], start: int, end: int) -> tuple[int, int]:
    """A stretch of the raw text in the folded one."""
    inside = [index for index, place in enumerate(origin) if start <= place < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
