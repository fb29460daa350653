"""Languages of a person, and whether Mongolian comes first.

In: the language cell, the remarks and the schooling. Out: Mandarin spoken or not, Mongolian first or not, each with
evidence; nothing is concluded from the ethnic group alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.domain.facts import Evidence, Fact
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.subject import of_other

_MN = r"蒙(?:古)?(?:语|话|文)"
_ZH = r"(?:汉(?:语|话|文)|普通话|国语|国家通用语言?)"
_MONGOLIAN_FIRST = re.compile(
    rf"(?:只(?:会|能|懂)?(?:说|讲|听懂?)?|以|主要(?:说|讲|用)?|平时(?:都)?(?:说|讲|用)|习惯(?:说|讲|用)?|全(?:说|讲)|日常(?:用|说)?|家里(?:都)?说)(?:懂)?{_MN}(?:为主|交流|沟通)?"
    rf"|{_MN}(?:为主|优先|单语|母语|流利|好(?!,汉)|人)|{_MN}(?:说得?|讲得?)(?:溜|利索|好)[,]?{_ZH}(?:差|不)|母语(?:是|为)?蒙(?:古)?(?:语|话)?|用(?:的)?(?:是|都是)?{_MN}(?:说话|交流|沟通|的多)?$|(?:说话|交流|沟通|日常|平时)[一-龥]{{0,3}}(?:得|要|用|都用|只能)(?:用)?{_MN}|蒙语授课(?!高)|"
    rf"(?:要|想|最好|希望|找)(?:有)?(?:个)?[一-龥]{{0,4}}(?:会|懂|说|讲){_MN}的?(?:人|师傅|班长|老板|带|领|地方|单位|厂|活)|(?:带班|班长|师傅|老板|领导|管事)的?(?:能|会|得|要|最好)*(?:说|懂|讲){_MN}|(?:带|领|跟|和)(?:着)?[他她我]?(?:得)?(?:说|讲|唠){_MN}(?:的)?(?:就行|就中|才行|最好|$)|(?:找|想找|要)[一-龥]{{0,2}}蒙(?:古)?族(?:老板|师傅|班长|带班)|^{_MN}$"
)
_NO_MANDARIN = re.compile(
    rf"(?:不(?:会|懂|太会|大会|咋会|怎么会|太懂)|听不(?:太|大)?懂|说不(?:好|了|利索|全|太好|明白|来|清)|没学过|不太?(?:会)?(?:说|讲)?)(?:说|讲|听)?{_ZH}"
    rf"|{_ZH}(?:说|讲|听|表达|交流|水平|能力)?(?:得|的|起来)?(?:都|也|还|有点|比较|挺|很)?(?:不(?:会|懂|太|好|行|利索|流利|顺|灵|通|熟|怎么|大|咋|清)|说不|听不|讲不|差|费劲|吃力|一般|困难|磕巴|磕磕|勉强|弱|有限|只会(?:简单|几句|一点)|一点点|半懂|能听懂一点|听懂一些|只能听)"
    rf"|只(?:会|能|懂)(?:说|讲|听)?{_MN}|(?:语言|沟通|交流)(?:有)?(?:障碍|不通|困难|不畅)|(?:会|懂|能说|能听懂?)(?:一点儿?|几句|简单(?:的)?|少量){_ZH}"
    rf"|{_ZH}(?:就|也就|只|也)*[几两]句|{_ZH}(?:说得?|讲得?|也|听)?(?:慢(?!慢)|不溜|不全|能?对付|凑合|将就|个?半懂)"
    rf"|(?:说|讲){_ZH}[一-龥]{{0,2}}(?:脸(?:就)?红|打怵|发怵|费劲|紧张)|汉[↓差弱]|{_ZH}[↓差弱]"
    rf"|{_ZH}(?:也|都|还)?(?:就|只|光|也就|勉强)?(?:会|能(?:说|听|唠)?|懂|听懂)(?:得|个)?(?:那么)?(?:几句|两句|三五句|一句半句|一点儿?|点儿?(?!问题)|简单)"
    rf"|{_ZH}[一-龥]{{0,3}}(?:一句(?:也|都)?不|一个字(?:也|都)?(?:不|听不)|不咋|够呛|稀松|拉胯|蹩脚|夹生|半拉|半生不熟|费老?劲|天书|不(?:过关|达标|及格)|[说讲听]不)"
    rf"|{_ZH}(?:基本|差不多|压根儿?|完全|根本|大部分|多半)(?:上)?(?:都)?(?:听|说|讲)?不"
    rf"|(?:听|懂)[一-龥]{{0,2}}{_ZH},?[一-龥]{{0,2}}说不|(?:讲|说){_ZH}[^。;]{{0,8}}听不(?:懂|明白)|{_ZH}听(?:着|得懂|懂)?(?:还)?(?:行|中|可以|没事|没问题)?[,]?[一-龥]{{0,3}}(?:说|讲)(?:起来|的话)?(?:就|得)?(?:费劲|不|困难|吃力|磕)"
    rf"|(?:光|就|净|单)(?:会|能|懂)(?:说|讲)?{_MN}|(?:跟|和)汉(?:族|人|民)[一-龥]{{0,8}}(?:比划|说不|唠不|沟通不|费劲|听不懂|打怵)"
    rf"|{_ZH}(?:(?!不|没|好|溜|流利|会|行|老师|成绩)[一-龥:]){{0,6}}?(?:差(?!不多)|弱|不流|不熟|不利索|不顺|不灵|跟不上|[正在还]学着?(?!校|过)|想半天|一点点|半句|生硬|拗口|结巴|大白话)"
    rf"|(?:说|讲)不[一-龥]{{0,2}}{_ZH}|{_ZH}(?:就|只|光)会说|(?:听得懂|懂)(?:一点点|一星半点|个大概)[一-龥]{{0,1}}{_ZH}|{_ZH}(?:只能|就能|能)?听个大概"
    rf"|{_ZH}[一-龥]{{0,3}}(?:不够用|会得少|懂得少|比划|琢磨|云里雾里|对付几句|打卷|水平低|摇头|张嘴就不|一句半句|半懂不懂)|(?:没|不咋|从没|很少)(?:怎么|咋)?(?:说|讲|用)(?:过)?{_ZH}|{_ZH}[一-龥]{{0,6}},?张嘴就不|汉文不(?:认|识|会)|{_ZH}稍微(?:会|懂)|说{_ZH}(?:舌头|嘴)"
    rf"|{_ZH}(?:能|也)?听得?懂[,]?(?:但|就是)?(?:说|讲)得?(?:慢|费劲|不)"
    rf"|{_ZH}(?:说|讲|懂|会)?(?:得|的)?(?:少少|很少|不多|少(?=$|[,。;会懂说]))|{_ZH}[他她我俺]?一(?:点|句|个字)(?:儿)?(?:也|都)?(?:不|听不)|(?:少|不咋)(?:会|懂)(?:说|讲)?{_ZH}"
    rf"|一(?:句|个字)(?:的)?{_ZH}(?:也|都)?不|(?:说话|语言)(?:得|要|全)?(?:靠|让|由)[一-龥]{{1,4}}翻译|听不(?:太|大)?(?:懂|明白)[一-龥]{{0,2}}{_ZH}"
)
_LEARNT = re.compile(
    r"(?:现在|如今|这几年|后来|出来几年)[一-龥,]{0,8}(?:溜|会了|行了|没问题|能说|流利|都懂|学会|说得好|说得挺好)"
)
_SAID_OF = re.compile(r"^的(?:人|老乡|老人|顾客|客人|员工|蒙族|工人)|^[一-龥]{0,2}(?:也(?:行|中|可以)|没关系|不要紧)")
_MANDARIN = re.compile(
    rf"{_ZH}(?:说得|说的|讲得|也|都|还)?(?:会话|二[甲乙]|一[甲乙]|三甲|流利|熟练|快|好|没问题|可以|能听懂|标准|也?行|也?中|还行|挺好|溜|利索|无障碍|通|都会|为主|能说|能交流|都行|交流)"
    rf"|(?:会|能|懂|说|讲|可以)(?:说|讲|用)?(?:一口|流利|流利的|标准|标准的)?{_ZH}|蒙[、,/和]汉|蒙汉(?:双语|兼通|都|皆|两种|语|话|通|流利)|(?:双语|兼通)|{_ZH}都(?:讲|说|会|懂)|^{_ZH}$|^汉$"
)
_NAMES_A_TONGUE = re.compile(r"蒙|汉话|额吉")
_MAY_MEAN_OTHER = frozenset({"情况说明", "家庭照料"})


@dataclass(frozen=True, slots=True)
class Languages:
    """What was found of languages."""

    speaks_mandarin: Fact[bool] = field(default_factory=Fact)
    mongolian_first: Fact[bool] = field(default_factory=Fact)
    speaks_mongolian: tuple[Evidence, ...] = ()


def read_languages(cells: Cells) -> Languages:
    """Languages as the cells state them."""
    texts = cells.get("language_text", "remarks", "skills_text", "wish_text", "experience_text")
    first = tuple(_found(_MONGOLIAN_FIRST, texts))
    poor = tuple(_found(_NO_MANDARIN, texts))
    good = tuple(_found(_MANDARIN, [cell for cell in texts if not _NO_MANDARIN.search(cell.text)]))
    spoken = tuple(_found(re.compile(rf"{_MN}|蒙汉"), texts[:1] if texts and texts[0].field == "语言" else ()))
    return Languages(
        speaks_mandarin=_mandarin(poor, good),
        mongolian_first=Fact(True, first or poor) if first or (poor and _speaks(texts)) else Fact(),
        speaks_mongolian=first or spoken,
    )


def _mandarin(poor: tuple[Evidence, ...], good: tuple[Evidence, ...]) -> Fact[bool]:
    """Mandarin is spoken, is not, or the cells contradict each other."""
    if poor:
        return Fact(False, poor + good, contradicted=bool(good))
    return Fact(True, good) if good else Fact()


def _speaks(texts: tuple[Cell, ...]) -> bool:
    """Whether Mongolian is named, or Chinese by its name among the Mongols."""
    return any(_NAMES_A_TONGUE.search(cell.text) for cell in texts)


def _found(pattern: re.Pattern[str], texts: tuple[Cell, ...] | list[Cell]) -> Iterator[Evidence]:
    """The first place in each cell that says so of the person."""
    for cell in texts:
        match = pattern.search(cell.text)
        if match is None or (pattern is _NO_MANDARIN and _unsaid(cell.text[match.end() :])):
            continue
        if not (cell.field in _MAY_MEAN_OTHER and of_other(cell.text, match.start(), match.end())):
            yield cell.evidence(match.start(), match.end())


def _unsaid(rest: str) -> bool:
    """Whether the words behind poor Mandarin say that it is learnt by now, or that others are meant."""
    return bool(_LEARNT.search(rest) or _SAID_OF.match(rest))
