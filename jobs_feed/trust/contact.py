"""How an employer may be reached: numbers abroad, numbers that cost, nameless employers, links and codes as bait.

In: a posting. Out: flags; numbers are masked in what they quote, since they stand sealed elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobs_feed.report import masked
from jobs_feed.trust.rules import flag
from matcher.domain.facts import Evidence
from matcher.domain.incoming.trust import Flag
from matcher.domain.posting import Posting
from matcher.reading.conduct.disguise import Clear, clear
from matcher.reading.passages import passages

_FOREIGN = re.compile(
    r"(?<![\d.])(?:\+|00)[ ()-]*(?!0{0,2}86|853|852|886)[1-9]\d{0,2}[ ()-]*\d(?:[ ()-]?\d){6,11}(?!\d)"
)
_PREMIUM = re.compile(
    r"(?<!\d)(?:168\d{5}|160\d{5}|162\d{5}(?!\d)|9[56]\d{3,6}(?=转|声讯|收费|每分钟)|16\d{3}(?=声讯|热线))(?!\d)"
)
_NAMELESS = re.compile(
    r"^(?:某\w{0,12}|\w{0,4}某某?\w{0,10}|个人|私人|私聊|老板|无|不详|保密|未知|暂无|匿名|急招|急聘|招聘|中介|直招|厂家直招|"
    r"(?:国内)?(?:知名|大型|著名|某大型)(?:企业|公司|集团|工厂|电子厂)|[a-z]公司|\*+\w{0,6}|x{2,}\w{0,6}|"
    r"\w{1,3}(?:先生|女士|经理|老板|哥|姐|总|老师|主管))$"
)
_CHAT = re.compile(
    r"(?:加|➕|\+|扫|私)?(?:微信?|薇信?|威信|卫星|v信|vx|wx|v❤|qq|扣扣|企鹅|飞机|telegram|纸飞机|whatsapp|蝙蝠|电报)"
    r"(?:号|同号|群)?[:\s]*[a-z0-9_-]{5,20}|(?:加|私|联系)(?:微信|薇|v|qq|扣扣|飞机|蝙蝠|电报)(?:联系|详聊|咨询|了解|报名)?"
)
_LINK = re.compile(
    r"https?://|www\.|[a-z0-9-]{2,30}\.(?:com|cn|net|xyz|top|vip|cc|club|app|link|icu|shop|online|site|work)(?:/|\b)|"
    r"(?:扫码?|长按|识别)(?:下方|上方|图中|以下)?二?维?码|二维码(?:报名|进群|领|下载)|(?:下载|安装)(?:[^,。;\n]{0,8})(?:app|软件|应用|客户端)"
)
_LURE = re.compile(
    r"下载|安装|注册|进群|入群|领取|红包|报名费|付款|授权|app|xyz|top|vip|\.cc|t\.cn|短链|填写(?:银行|身份)"
)
_SHOWN = 4
_OWN_SITE = re.compile(r"(?:官网|公司网址|网站|主页|邮箱|e-?mail)[:\s]*\Z")


def contact_flags(posting: Posting) -> Iterator[Flag]:
    """What is odd about the ways an employer may be reached."""
    columns = (("联系电话", posting.phone), ("联系人", posting.contact), ("岗位描述", posting.description))
    texts = [clear(passage) for passage in passages((*columns, ("岗位名称", posting.title)))]
    yield from _first("FOREIGN_PHONE", _FOREIGN, texts)
    yield from _first("PREMIUM_PHONE", _PREMIUM, texts)
    yield from _anonymous(posting, texts)
    for text in texts:
        for match in _LINK.finditer(text.text):
            around = text.text[max(0, match.start() - 12) : match.end() + 16]
            if _LURE.search(around) and not _OWN_SITE.search(text.text[: match.start()]):
                yield flag("LINK_LURE", (text.evidence(*match.span()),))
                return


def _first(code: str, pattern: re.Pattern[str], texts: list[Clear]) -> Iterator[Flag]:
    """The first number of a kind, masked."""
    for text in texts:
        match = pattern.search(text.text)
        if match is not None:
            yield flag(code, (Evidence(text.passage.field, _hidden(match[0].strip())),))
            return


def _hidden(number: str) -> str:
    """A number with nothing but its first digits."""
    return number[:_SHOWN] + re.sub(r"\d", "*", number[_SHOWN:])


def _anonymous(posting: Posting, texts: list[Clear]) -> Iterator[Flag]:
    """An employer without a name or a credit code, or one that answers by chat alone."""
    if posting.uscc:
        return
    name = "".join(posting.employer.lower().split())
    if _NAMELESS.fullmatch(name):
        yield flag("ANONYMOUS", (Evidence("用人单位", posting.employer),))
        return
    if not posting.phone:
        for text in texts:
            match = _CHAT.search(text.text)
            if match is not None:
                yield flag("ANONYMOUS", (Evidence(text.passage.field, masked(match[0].strip())),))
                return
