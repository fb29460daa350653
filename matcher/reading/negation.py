"""What is said about a stretch of text: is it so, denied, over, still to come, somebody else's, or hearsay?

In: a text and the place of a mention. Out: `Polarity`, judged inside the clause: scope ends at punctuation
(an enumeration with 、 carries on) and at 但, 可是, 不过.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matcher.reading.folding import fold
from matcher.reading.wordlists import words


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
    r"可是|不过(?=[，,现也他她])|就是(?=[不没怕])|(?<=[^\d])[.](?=\D|$)|[ \t\u3000]{2,}|(?<=[一-龥]) (?=[一-龥])"
)
_RUN_ON_LENGTH = 32
"""A clause longer than this has lost its stops."""
_NEW_THOUGHT = re.compile(words("clause.new_thought"))
_SENTENCE = re.compile(r"[。！!？?\n\r；;]+")

_AFFIRMING = re.compile(
    r"有没有|这不(?=[听刚就正想寻])|不是嫌|不是怕|并不嫌|不是不|没有不|不得不|不能不|不会不|不怕|不嫌弃?|不差|不错|实在不行|要?不行就|实在没有|不但|不仅|不光|不只|不止|不耽误|不影响|不限|不论|不管|不挑|"
    r"(?:身体|身子|腿脚|岁数|眼睛|眼神|耳朵|脑子|腰|心脏|血压|精神)(?:都|也)?不(?:太|大|咋)?(?:好|行|中|便|济|得劲|稳)|没问题|没毛病|没少|没的说|没得说|离不开|未必|差不多|(?<!只)要不|无论|谁说(?:他|她|我|俺)?不|哪有不|没有(?:他|她|我|啥|什么)?不|没啥不|不比别人差|不差事儿?|不在话下|不含糊|不赖|不外行|无所谓|不一样|不少|不低于|不超过|不到|没多久|不久|高不成低不就|有没有|[能要招收缺用还][不没][能要招收缺用有]|[没不][一-龥]{0,4}(?:之)?前(?![台厅头面])"
)
_EXCEPT = re.compile(r"除了|除")
_EXCEPT_ALL_ELSE_NO = re.compile(
    r"(?:啥|什么|别的|其他|其它|旁的).{0,3}(?:不|没)|^[^,，。]{0,6}[,，]?没(?:干|上|做|当)过|都(?:不|没)|也(?:不|没)|(?:不|没).{0,4}(?:别的|其他)"
)
_EXCEPT_MORE = re.compile(r"还(?!行)|也(?!行|可以)|另外|以外还|之外还")
_DENY_BEFORE = re.compile(
    r"(?:不(?:太|怎么|大|咋|再|敢|爱|乐意|愿意?|想要?|能够?|会|要|可以?|让|准|宜|适合|考虑|接受|喜欢|需要?|用|做|干|去|懂|是|得|安排|从事|参加)?|"
    r"没(?:有|啥|能|法|怎么|在|正经|正式|学|做|干|当|开|考|办|拿|取|上|参加|接触)?过?|未曾?|无(?!人机|损|菌|纺|缝|锡)|拒绝?|谢绝|别(?!的|人|墅|处|家|样)|免谈|怕|讨厌|"
    r"干不了|做不了|开不了|受不了|弃|戒|停|吊销|注销|丢了?|甭|[瞧看]不[上起]|嫌(?!疑)|差点儿?|险些)"
)
_DENY_AFTER = re.compile(
    r"^(?:机|车|手艺|的?活儿?|的?工作|这(?:行|块|活|种)|岗位?|啥的|什么的|之类的?|方面|一类|那些|都|也|就|的|他|她"
    r"|我|本人|工|时|呢|吧|证|、|[ ]){0,4}?"
    r"(?:(?:他|她|我|本人|实在|真|是|再|暂时|现在|目前|压根儿?|根本|坚决|绝对|说啥也?|死活|一点儿?也?|啥也|从来|完全|可|肯定|早就?|已经|(?:工资|钱)?太(?:累|远|苦|脏|低|少|危险)了?|说实话)*"
    r"(?:不(?:会(?:用|使|弄)|行(?!李)|会|能|想|愿|要|干|去|做|考虑|接受|喜欢|敢|爱|了|懂|适合|可以|合适|安排)|没(?:干|做|学|当|开|跑|养|放|进|待|接触|有|证|考|[摸碰]过)|[摸碰](?:都|也)?没|一窍不通|玩不转|不熟(?!悉|人)|来不(?:了|来)|不(?:跑|焊|找|灵|通|太会|咋会|大会|怎么会)|[干做]不(?:了|来|惯|动|好|下)|玩不|干不|做不|干够|开不|免|除外|别(?:找|给|介绍|安排)|就算了|算了|拉倒|不成|不中|辞(?:了|掉)))"
)
_ALL_DENIED_AFTER = re.compile(
    r"^(?:[、和跟及与或][^，。,]{1,8}?){1,5}(?:都|全|一概)(?:不|没)|"
    r"^(?!别的|其[他它]|旁的|[啥也就都还])[一-龥]{2,3}(?:都|也)?(?:不会|没[学干]过)(?=[,。;、 ]|$)|"
    r"^(?!别的|其[他它]|旁的|[啥也就都还行中可能不的])[一-龥]{2,3}(?:都|也|全)?(?:不要|不干|免谈|不考虑)(?=[,。;、 ]|$)"
)
_SCOPE_CUT = re.compile(
    r"(?:就|只|光|净|倒|而是|还是|却)(?:会|能|想|干|做|愿|要|行|喜欢|在|好|剩|有)|(?<![不没机社学体聚开可功技才咋太大么])会"
)
_OTHER_OBJECT = re.compile(r"(?:会|能|懂)\|不(?:会|能|懂)(?!用|使|弄)[一-龥]{2}")
"""“会砌墙不会抹灰” denies the second only."""
_THIS_FINE = re.compile(
    r"[一-龥]不(?:行|干|要|中|去|考虑|成)\|(?:的活儿?|的)?(?:还|倒|都|也)?(?:行|中|可以|成|能干|干)$"
)
"""“保安不行保洁行” denies the first only."""
_AFTER_FALSE = re.compile(r"不会不|不能不|不想停|不错|不会错")
_PAST = re.compile(
    r"以前|之前|小时候|原来|原先|原本|过去|早先|搁早|年轻(?:的)?那?会儿?|早年间|前些年|前几年|当初|从前|早年|头(?:些|几|两)年|年轻时|年轻那会|曾经?|当年|前些年|前几年|那几年|那时候?|干过|做过|当过|开过|跑过|学过|养过|待过|打过|修过"
)
_FUTURE = re.compile(
    r"明年|后年|将来|以后(?=.{0,6}(?:想|要|再|打算))|打算|准备|计划|想学|要学|想考|要考|想报|毕业后(?!.*[了过])|开春|年后|过完年|过(?:几|两|一)(?:天|个月|阵)|正(?:在)?学|才能考|年底(?:才|能|去)|等.{1,10}(?:后|再|了)|下半年"
)
_KIN_TELLS = (
    "[他她](?:爸|爷|奶|姥|爹|妈|哥|姐)|他媳妇|她媳妇|他老婆|她婆婆|爷爷|奶奶|姥爷|他二叔|媳妇|老伴|婆婆|儿子|闺女|二叔|"
    "书记|村长|队长"
)
_HEARSAY = re.compile(
    rf"(?:人家|别人|旁人|外人|邻居|村里人|屯里人|大伙|大家|亲戚|工友|老乡|{_KIN_TELLS})(?:都|也|总|跟我|跟人)?(?:说|讲|反映|告诉)(?!话|理|的?是)|"
    r"听说|听人说|听.{1,6}说|据说|据.{1,4}(?:反映|讲|说)|传言|有人说|都说|风传|好像|估计|可能(?!的)|不知道?(?:真假|是不是)"
)
_TOLD = re.compile(r"听说|据说|听人说|人家说|别人说")
_RELATIVE = (
    "[前后东西邻](?:村|屯|院)的?(?:老[一-龥])?|隔壁(?:老[一-龥])?|对门|掌柜的|当家的|屋里的|媳妇|老婆|妻子|丈夫|老公|爱人|对象|老伴|老头子?|老太太|家里那口子|我家那口子|儿子|儿媳妇?|姑娘|女儿|闺女|女婿|孙子|孙女|外孙|"
    "(?<![个大])男人|爷爷|奶奶|姥姥|姥爷|[他她]爷|[他她]奶|父亲|母亲|爸爸?|妈妈?|爹|娘|父母|公公|婆婆|公婆|岳父|岳母|哥哥?|弟弟?|姐姐?|妹妹?|姐夫|妹夫|嫂子|弟媳|叔叔?|舅舅?|大爷|亲戚|邻居|同村|"
    "同乡|老乡|同学|工友|战友|朋友|孩子|家人|家属|小舅子|大舅子|小姨子|小姑子|大伯子|小叔子|连襟|妯娌|(?<!阿)[大二三四老小]?[姨姑婶](?:子|夫|父|妈)|[他她我][大二三四老小]?[姨姑婶舅叔](?!家)|侄子|侄女|外甥女?|我哥|我姐|我弟|我妹|他哥|她哥|老婆婆|老公公|那口子|老娘"
)
_OTHER = re.compile(
    rf"(?:{_RELATIVE})(?:们|俩)?(?:现在|如今|以前|原来|原先|早先|过去|从前|当年|早年|年轻时|那时候?|也|都|常年|一直|正|是|在|给(?:人|别人|人家|老板|单位)|不|没|学|念|想|愿|希望|打算|要|爱|喜欢|会|能|干|做|当|开|跑|有|患|得|去|出去|出外|外出|自(?:己|个儿?)(?=会|能|做|干)|[一-龥]{{0,3}}(?:岁|打工))"
)
_OTHER_LAST = re.compile(rf"(?:{_RELATIVE})(?:他|她|的)?\Z")
_FOR_OTHER = re.compile(
    rf"(?:照顾|照看|伺候|侍候|看护|陪护?|接送|给|跟|和|与|随|帮|替|带|看|送|离不开|托|经|听|在(?=[他她我]))(?:着|过)?[一-龥]{{0,4}}?(?:{_RELATIVE})"
)
_BACK_TO_SELF = re.compile(
    r"本人|自己|他(?!媳妇|老婆|儿|妈|爸|妻|对象|父|母|爱人|家|女)|她(?!丈夫|老公|儿|妈|爸|对象|父|母|爱人|家|女|男)|我(?!家|媳妇|老|儿|妈|爸|对象|父|母|爱人|女)"
)
_HE = re.compile(r"老公|丈夫|男人|爱人|掌柜的|当家的|对象|儿子")
_SHE = re.compile(r"媳妇|老婆|妻子|爱人|对象|屋里的|闺女")
_IF_ONLY = re.compile(r"要是|如果|假如|若是")
_STILL = re.compile(r"(?:现在|如今|眼下|目前|至今)(?:也|都|他|她|我)?(?:还|照样|仍|依然|依旧|接着|继续)(?!想|要|欠|没)")
_OVER = re.compile(
    r"(?:现在|如今|后来|眼下|目前|近几?年|这(?:两|几)年|上?岁数|年纪|.{0,4}(?:之后|以后)).{0,14}?"
    r"(?:不行|不能|不敢|吊销|不让|不中用|[花差坏]了|没了|忘了)"
    r"|(?<!离)(?<!少)(?<!忙)[干做开跑放扛抬搬上下拿端举站蹲看认颠接养种扫打送贴焊挖蹬熬喂缝炒摸弄织绣骑穿纫]不(?:了|动|成|来|去|下|住|得|起|上)(?!解|事)"
    r"|没法(?:再)?[干做开跑养](?!活)|不让(?:再)?[干开跑做上]了|弯不下腰|再(?:也)?没(?:碰|干|摸|放|开|做|养)|不敢(?:再)?[骑开干上下爬跑]了|本子?(?:都|也)?(?:降|吊)了"
    r"|(?:不再|再也不|早不|早就不|已经不|都不|就不|也不)(?:干|做|开|跑|养|种|放|上|下|送|扫|打|接|焊|贴|碰|摸)"
    r"|不(?:能|敢)?(?:再)?(?:干|做|开|跑|养|种|放|上|送|扫|打|接|焊)(?:[一-龥]{0,2})了|多少年没|(?:好几|[二三四五六七八九十]|几)年没(?:再)?(?:摸|干|碰|开|做)"
    r"|(?<!想)改(?:行|看|做|干)|转行|(?<!没)(?<!没有)(?:撂(?:下|了)|扔下|放下了|丢下了)|人家不要|(?:驾照|本子?|证)(?:被|都|给|让)?[一-龥]{0,4}(?:吊|扣|销)"
)
_OVER_BY_BODY = re.compile(
    r"(?:岁数|年纪)(?:太)?大了|(?:眼睛|眼神|腰|腿|胳膊|手|身体|体力|岁数|膝盖|肺).{0,5}(?:不行|跟不上|不中|坏|不济|看不清|不赶趟|使不上|花了)"
)
"""Said right behind the work; further on it is only another trouble."""
_ELSE_OVER = re.compile(rf"^(?:{_RELATIVE})|(?:[养放种]|别的|重)[一-龥]{{0,2}}的?活")


_FIRM_STOPPED = re.compile(
    r"(?:小区|厂子?|工厂|公司|店|饭店|场子?|队|老板|矿上?|单位|园子?|东家|合作社|车间|奶站)(?:里)?(?:也|都|后来|就|早)?(?:不(?:干|开|做|养|用人|要人)了|黄了|散了)"
)
_WAS_INSIDE = re.compile(r".过|.了|年|半辈子|一辈子")
_WAS_AFTER = re.compile(r".{0,4}过|.{0,8}年|.{0,4}辈子")
_STOPPED = re.compile(
    r"(?:早|已经|就|都)?不(?:干|做|开|跑|养|种|放|焊|扫|送|打)了|[干做开跑下上放扛]不(?:动|了|去|成)了?|多少年没"
)
_WAS_LATER = re.compile(r"老本行|岁数大|老了|年纪大")


@lru_cache(maxsize=65536)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a folded text, in order."""
    found: list[Clause] = []
    start = 0
    for gap in _BREAK.finditer(text):
        if gap.start() > start:
            found.extend(_breaths(text, start, gap.start()))
        start = gap.end()
    if start < len(text):
        found.extend(_breaths(text, start, len(text)))
    return tuple(found)


def _breaths(text: str, start: int, end: int) -> Iterator[Clause]:
    """A clause, cut where a new thought begins if it was typed or dictated without any stops."""
    if end - start > _RUN_ON_LENGTH:
        for turn in _NEW_THOUGHT.finditer(text, start + 1, end):
            yield Clause(start, turn.start())
            start = turn.start()
    yield Clause(start, end)


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
    following = text[clause.end : _sentence_end(text, clause.end)]
    if _denied(before, after, following) or (_IF_ONLY.search(before) and "就好" in after + following):
        return Polarity.NEGATED
    if hearsay(text, start):
        return Polarity.HEARSAY
    if _FUTURE.search(before) and not _WAS_INSIDE.search(text[start:end]):
        return Polarity.FUTURE
    was = _PAST.search(before) or after.startswith("过")
    return Polarity.PAST if was and not _STILL.search(after + following) else Polarity.AFFIRMED


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
    end_of_sentence = _sentence_end(text, clause.end)
    rest = text[end:end_of_sentence]
    lead = text[_sentence_start(text, start) : start]
    was = (
        _PAST.search(text[clause.start : start])
        or _WAS_LATER.search(lead)
        or _WAS_INSIDE.search(text[start:end])
        or _WAS_AFTER.match(rest)
    )
    if _STILL.search(rest):
        return False
    if not was:
        return bool(_STOPPED.search(_without_firms(rest[:16])[:12]))
    return _said_over(text, end, end_of_sentence)


def _said_over(text: str, start: int, end: int) -> bool:
    """Whether the words that follow work done say that it is over, not something else or somebody else's."""
    follows = [text[start : clause_at(text, start).end]] if start < end else []
    follows += [text[one.start : one.end] for one in clauses(text) if start <= one.start and one.end <= end]
    for place, said in enumerate(map(_without_firms, follows)):
        if place and _ELSE_OVER.search(said):
            continue
        if _OVER.search(said) or (place < 3 and _OVER_BY_BODY.search(said)):
            return True
    return False


def _without_firms(words: str) -> str:
    """A clause without what is said of a firm that closed: “小区不干了” ends the job, not the skill."""
    return _FIRM_STOPPED.sub("", words)


def about_other(text: str, start: int) -> bool:
    """Whether the clause up to this place speaks of a relative or neighbour instead of the person."""
    clause = clause_at(text, start)
    before = text[clause.start : start]
    if _one_of_two(text, clause):
        return True
    subjects = list(_OTHER.finditer(before + text[start : start + 1])) or list(_OTHER_LAST.finditer(before))
    if not subjects or _FOR_OTHER.search(before[: subjects[-1].end()]):
        return False
    return not _BACK_TO_SELF.search(before[subjects[-1].end() :])


def _one_of_two(text: str, clause: Clause) -> bool:
    """Whether a clause says of the other one of a pair what he does: “跟老公一起 他刮大白 她啥都能干”."""
    who, then = text[clause.start : clause.start + 1], text[clause.end + 1 : clause.end + 2]
    kin = _HE if who == "他" else _SHE
    return {who, then} == {"他", "她"} and bool(kin.search(text, 0, clause.start))


def _denied(before: str, after: str, following: str) -> bool:
    """Whether the words around a mention deny it."""
    if before.endswith("非") and after.startswith("不"):
        return False
    if _THIS_FINE.search(before + "|" + after):
        return False
    if _EXCEPT.search(before):
        return _excepted(after, following)
    if "除外" in after:
        return True
    if (
        _DENY_AFTER.search(after)
        and not _AFTER_FALSE.search(after[:8])
        and not _OTHER_OBJECT.search(before + "|" + after)
    ):
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
