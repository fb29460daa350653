"""Misconduct of employers is flagged, its denial is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.division import Place
from tests.matcher.reading.adverts.advert import facts_of

DONE = [
    ("入职需交押金500元", "DEPOSIT"),
    ("押 金200，离职退还", "DEPOSIT"),
    ("需缴纳保证金1000元", "DEPOSIT"),
    ("押·金三百", "DEPOSIT"),
    ("收取风险金", "DEPOSIT"),
    ("不交押金不能上岗", "DEPOSIT"),
    ("需交服装费300元", "CLOTHING_CHARGE"),
    ("工作服费从工资里扣", "CLOTHING_CHARGE"),
    ("自购工装", "CLOTHING_CHARGE"),
    ("报名费200元", "FEE"),
    ("收取中介费", "FEE"),
    ("体检费自理", "FEE"),
    ("先交钱后上岗", "FEE"),
    ("需交培训费", "FEE"),
    ("交建档费50", "FEE"),
    ("扣押身份证", "PAPERS_KEPT"),
    ("身份证原件交公司保管", "PAPERS_KEPT"),
    ("入职压身份证一个月", "PAPERS_KEPT"),
    ("身份证需上交公司", "PAPERS_KEPT"),
    ("拉人头有奖励", "PYRAMID"),
    ("交入会费即可加盟", "PYRAMID"),
    ("发展下线拿提成", "PYRAMID"),
    ("手机刷单日赚300", "CLICK_FARMING"),
    ("缅甸客服，包机票", "OVERSEAS_LURE"),
    ("柬埔寨打字员", "OVERSEAS_LURE"),
    ("境外高薪，月薪3万", "OVERSEAS_LURE"),
    ("出国务工，月入过万，免签", "OVERSEAS_LURE"),
]


@pytest.mark.parametrize(("text", "code"), DONE)
def test_what_an_employer_must_not_ask_is_flagged_with_its_words(text, code):
    found = {term.code: term for term in facts_of(text).conduct}
    assert code in found
    assert found[code].evidence[0].words in text


@pytest.mark.parametrize(
    "text",
    [
        "不收取任何费用",
        "无押金",
        "免押金，免费提供工作服",
        "不收押金、服装费",
        "本公司不收取押金、报名费、中介费",
        "押金全免",
        "严禁收取押金",
        "凡收取押金的都是骗子，请举报",
        "谨防以报名费为名的诈骗",
        "绝不扣押身份证",
        "体检费公司承担",
        "负责租金、押金的收取",
        "请携带身份证原件面试",
        "年底出国旅游",
        "负责海外市场开拓",
        "免费发放工作服",
        "缴纳五险一金",
        "保证金融产品合规",
        "公司负责培训，不收培训费",
        "高薪诚聘",
    ],
)
def test_a_denial_a_warning_or_a_duty_is_no_misconduct(text):
    assert facts_of(text).conduct == ()


@given(st.text(alphabet="不无免收交押金扣身份证服装费报名，。、 0境外高薪", max_size=24))
def test_no_mixture_of_such_words_breaks_the_reader(text):
    assert all(term.evidence for term in facts_of(text).conduct)


@pytest.mark.parametrize(
    ("place", "lure"),
    [
        ("缅甸北部", True),
        ("境外（柬埔寨）", True),
        ("境外", True),
        ("东南亚某国", True),
        ("国外", True),
        ("老挝金三角", True),
        ("科尔沁区", False),
        ("满洲里口岸", False),
        ("海外大厦3楼", False),
        ("境外人员服务站", False),
    ],
)
def test_a_place_of_work_abroad_is_a_lure(place, lure):
    found = facts_of("会打字就行", place=Place(text=place)).conduct
    assert ("OVERSEAS_LURE" in {term.code for term in found}) is lure
