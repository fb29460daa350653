"""Whose ailment is it? Coordinators write of the whole household in one breath.

In: a folded text and the place of a statement about a body. Out: whether it is said of a relative
(“老伴脑梗，腿脚不便”, “照顾瘫痪的婆婆”) and not of the person.
"""

from __future__ import annotations

import re

from matcher.reading.negation import clause_at, clauses

RELATIVE = (
    "掌柜的|当家的|老爷们儿?|妹子|屋里的|孩子他[爹妈爸娘]|媳妇|老婆|妻子|丈夫|老公|爱人|对象|老伴|老头子?|老太太|那口子|儿子|儿媳妇?|姑娘|女儿|闺女|女婿|孙子|孙女|外孙女?|重孙|"
    "父亲|母亲|爸爸?|妈妈?|爹|他娘|老娘|父母|双亲|公公|婆婆|公婆|岳父|岳母|丈母娘|老丈人|哥哥?|弟弟?|姐姐?|妹妹?|大姑姐|小叔子|嫂子|"
    "爷爷|奶奶|姥姥|姥爷|叔叔|舅舅|大爷|大娘|孩子|老人|老两口|家人|家里人|男人|娃|老大|老二|两口子|"
    "老爷子|老爸|老妈子?|老爹|老人家|姥娘|大伯子?|二大爷|侄子|侄女|表[哥弟姐妹]|堂[哥弟姐妹]|邻居|亲戚|病人|患者|工友|同学|朋友|小舅子|大舅哥|[大二三小]小子|[前后东西]院|隔壁|对门|[一二三四大小老][姨姑舅叔婶]|[姨姑]夫|嫂|好几个|别人|有的人|前任|配偶|[长次三独][子女]|[二三][女子](?=[,(]?(?:有|患|是|残|智|精))|祖[父母]|其[妻夫子女兄弟姐妹父母]|(?<![一-龥])[父母妻夫子女兄弟姐妹](?=[:(])|[我他她俺][爷奶舅姨姑叔]|额吉|额么|阿爸|阿妈"
)
_RELATIVE = re.compile(RELATIVE)
_SELF = re.compile(
    r"本人|自己|自身|自个儿?|我(?!家|们|媳妇|老|儿|妈|爸|对象|父|母|爱人|婆|公|丈|[爷奶舅姨姑叔哥姐弟妹爹娘])|"
    r"(?:他|她)(?!家|媳妇|老|儿|妈|爸|对象|父|母|爱人|婆|公|丈|男|妻|姑|闺|女|[爷奶舅姨叔哥姐弟妹爹娘])|该(?:同志|人|户主)|户主"
)
_OF_RELATIVE = re.compile(rf"^[一-龥]{{0,4}}的(?:是[我他她俺]?)?(?:{RELATIVE})")
_OPENING = re.compile(
    r"^[\s“\"'（(]*(?:不能|[干走站看听说起下上吃离抬拿]不|走[道路]|整天|天天|天黑|黑天|晚上看|耳|手|脑|还|又|也|且|并|常年|长期|身体|需要?|得|离不开|生活|腿|腰|眼|耳|行动|卧床|瘫)"
)
_FORBIDS = re.compile(
    r"(?:都|也|死活|说啥|坚决|就|说|再|从此|是){0,2}(?:不让|不许|不准|不叫|不放心|不同意|怕[他她我]|拦着|嫌)"
)
"""A relative who only forbids: “媳妇不让开了”."""
_COMPANY = re.compile(rf"(?:跟|和|与|同|随|靠|养|供|给|带|管|帮|替)(?:着)?[一-龥]{{0,2}}(?:{RELATIVE})$")


_SPOKEN_FOR = re.compile(
    r"^[我俺](?:爸|妈|爹|娘|姐|哥|弟|妹|叔|舅|姨)(?=[^我俺]*[他她](?:之前|以前|原来|现在|自己|年轻时|还|就|能|想|会|在)"
    r"[一-龥]{0,8}?(?:干|站|做|当|找|上班|开|养)[^我俺]*$)"
)
"""A child fills in the form for a parent: “我妈有风湿，…她之前在超市站了三年”."""


def _as_told(text: str) -> str:
    """The text with the parent it is told for named as the person."""
    return _SPOKEN_FOR.sub("本人", text)


def of_other(text: str, start: int, end: int, *, carries: bool = True) -> bool:
    """Whether the statement at [start, end) is about a relative; `carries`: also one of the clause before."""
    text = _as_told(text)
    clause = clause_at(text, start)
    if _OF_RELATIVE.match(text[end : end + 10]):
        return True
    before = text[clause.start : start]
    if _SELF.search(before):
        return _after_self(before, text[start : start + 4])
    if _names_relative(before, text[start : start + 4]):
        return True
    return carries and _carried(text, clause.start, start)


def _names_relative(before: str, then: str) -> bool:
    """Whether a relative is the subject before the statement."""
    found = list(_RELATIVE.finditer(before))
    if not found or _COMPANY.search(before[: found[-1].end()]):
        return False
    return not _FORBIDS.match(before[found[-1].end() :] + then)


def _after_self(before: str, then: str) -> bool:
    """Whether a relative is named after the person in the same clause: “她婆婆腰不好”."""
    last_self = list(_SELF.finditer(before))[-1]
    return _names_relative(before[last_self.end() :], then)


def _carried(text: str, clause_start: int, start: int) -> bool:
    """Whether a clause shortly before, of the same sentence, speaks of a sick relative and this one only goes on."""
    if not _OPENING.match(text[clause_start : max(start + 4, clause_start + 8)]):
        return False
    after = clause_start
    for previous in [clause for clause in clauses(text) if clause.end <= clause_start][:-4:-1]:
        said = text[previous.start : previous.end]
        if _TURNS.search(text[previous.end : after]) or _SELF.search(said):
            return False
        if _RELATIVE.search(said):
            return bool(_SICK.search(said))
        after = previous.start
    return False


_TURNS = re.compile(r"[。！!？?；;\n但]")
_SICK = re.compile(
    r"病|瘫|盲|残|梗|癌|卧床|聋|瞎|哑|痴|糖尿|血压|不能自理|身体不|有伤|手术|透析|癫痫|中风|岁了?$|自闭|脑瘫|骨折|不好|不行|不便|哮喘|风湿|摔|拄|瘸|抑郁"
)
