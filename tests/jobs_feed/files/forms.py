"""The forms of the service (domain.md §4.1) and headers of other hands, each as it is."""

from __future__ import annotations

from datetime import date

from matcher.domain.training import TrainingMode
from matcher.domain.worker import HouseholdType, WorkStatus
from tests.jobs_feed.books import Cell, id_number
from tests.jobs_feed.files.case import Case, Make, simple

LEDGER: dict[str, Cell] = {
    "省": "内蒙古自治区",
    "市": "通辽市",
    "县": "奈曼旗",
    "乡": "大沁他拉镇",
    "村": "示例嘎查",
    "户编号": "H-1",
    "人口编号": "R-1",
    "姓名": "示例一",
    "性别": "女",
    "出生日期": "1979-03-02",
    "证件号码": id_number(2),
    "民族": "蒙古族",
    "与户主关系": "配偶",
    "户类型": "脱贫户",
    "监测对象类别": None,
    "风险是否已消除": None,
    "文化程度": "初中",
    "在校生状况": None,
    "劳动技能": "普通劳动力",
    "健康状况": "残疾",
    "残疾类别": "肢体四级",
    "会讲普通话": "否",
    "是否易地搬迁": "是",
    "务工状态": "返乡未就业",
    "开始年月": "2021-03",
    "结束年月": "2021-10",
    "务工时间(月)": 8,
    "务工所在省": "内蒙古",
    "务工所在市": "通辽市",
    "务工所在县": "科尔沁区",
    "务工区域": "县外市内",
    "务工企业": "示例保洁公司",
    "就业渠道": "亲友介绍",
    "就业形式": "合同制",
    "产业分类": "第三产业",
    "月收入": 3000,
    "公益性岗位类型": None,
    "公益性岗位月数": None,
    "年度交通费补助": 500,
    "联系电话": "13800000001",
    "核实人": "示例",
    "核实方式": "电话",
    "核实日期": "2026-06-01",
}
POSTING_FORM: dict[str, Cell] = {
    "单位全称": "示例物业公司",
    "统一社会信用代码": None,
    "行业": "物业",
    "地址": "奈曼旗大沁他拉镇示例路1号",
    "联系人": "示例",
    "电话": "13800000001",
    "岗位名称": "保洁员",
    "工种": "保洁",
    "人数": "5人",
    "工作内容": "清扫楼道",
    "工作地点(到门牌/园区)": "奈曼旗工业园区",
    "用工形式": "全日制",
    "合同": "签一年",
    "试用期": "1个月",
    "工资构成": "底薪加全勤",
    "到手区间": "2600-3000元/月",
    "发薪日": "每月15日",
    "工时": "8小时",
    "班次": "白班",
    "休息": "单休",
    "食宿": "管午饭",
    "保险": "意外险",
    "班车": "有",
    "年龄(说明理由)": "18-55",
    "学历": "不限",
    "证书": "无",
    "健康": "健康",
    "语言": "会汉语",
    "强度": "一般",
    "危险因素": "无",
    "可否夫妻": "可",
    "可否残疾人": "否",
    "可否短工": "是",
    "可否蒙语带班": "是",
    "是否收费押金": "否",
    "截止日期": "2026-07-31",
    "核实人": "示例",
    "核实日期": "2026-06-20",
    "来源": "电话采集",
}
POSTING_TEXT = """清扫楼道
工种：保洁
用工形式：全日制
合同：签一年
试用期：1个月
工资构成：底薪加全勤
发薪日：每月15日
班车：有
健康：健康
语言：会汉语
危险因素：无
可夫妻
不可残疾人
可短工
可蒙语带班
不收费押金"""
CLASS_FORM: dict[str, Cell] = {
    "工种": "家政服务员",
    "等级": "初级",
    "课时": 80,
    "方式": "半天",
    "证书": "培训合格证",
    "补贴标准(日期)": "1200元（2026-01-01）",
    "机构": "示例职业培训学校",
    "班号": "B-1",
    "地点": "奈曼旗大沁他拉镇",
    "起止": "2026.7.6-2026.7.20",
    "名额": 30,
    "余额": 0,
    "食宿": "不管",
}


def form(cells: dict[str, Cell]) -> Make:
    """A sheet with exactly the headers of a form."""
    return simple([list(cells), list(cells.values())])


CASES = (
    Case(
        "monitoring ledger",
        "workers",
        form(LEDGER),
        [
            {
                "ref": "R-1",
                "village": "示例嘎查",
                "household_type": HouseholdType.LIFTED,
                "resettled": True,
                "health_text": "残疾\n残疾类别：肢体四级",
                "language_text": "不会讲普通话",
                "work_status": WorkStatus.NEWLY_UNEMPLOYED,
                "remarks": "与户主关系：配偶",
                "experience_text": "开始年月：2021-03\n结束年月：2021-10\n务工时间(月)：8\n务工所在省：内蒙古\n"
                "务工所在市：通辽市\n务工所在县：科尔沁区\n务工企业：示例保洁公司\n"
                "就业渠道：亲友介绍\n就业形式：合同制\n产业分类：第三产业",
                "wage_text": "",
            }
        ],
        notices=["IMPORT_COLUMNS_UNUSED"],
    ),
    Case(
        "form of a posting as a row",
        "postings",
        form(POSTING_FORM),
        [
            {
                "title": "保洁员",
                "employer": "示例物业公司",
                "openings": 5,
                "wage_text": "2600-3000元/月",
                "hours_text": "8小时\n班次：白班\n休息：单休",
                "board_text": "管午饭",
                "age_text": "18-55",
                "description": POSTING_TEXT,
                "deadline": date(2026, 7, 31),
                "verified_on": date(2026, 6, 20),
            }
        ],
    ),
    Case(
        "catalogue of classes",
        "training",
        form(CLASS_FORM),
        [
            {
                "ref": "B-1",
                "title": "家政服务员",
                "provider": "示例职业培训学校",
                "starts_on": date(2026, 7, 6),
                "ends_on": date(2026, 7, 20),
                "hours": 80,
                "seats": 0,
                "mode": TrainingMode.HALF_DAY,
            }
        ],
    ),
    Case(
        "list of classes",
        "training",
        simple(
            [
                ["2026年下半年培训计划"],
                [
                    "序号",
                    "班期编号",
                    "培训专业（工种）",
                    "承训机构",
                    "办班地点",
                    "计划开班时间",
                    "学时",
                    "计划培训人数",
                    "联系电话",
                ],
                [1, "B-1", "育婴员", "示例学校", "开鲁县", "2026年7月", "120学时", "50人", "0475-1234567"],
                [2, "B-2", "焊工", None, "开鲁县", "2026-08-01", 200, 40, None],
            ]
        ),
        [{"ref": "B-1", "starts_on": date(2026, 7, 1), "hours": 120, "seats": 50}],
        {4: "IMPORT_MISSING"},
    ),
    Case(
        "export of a recruiting site",
        "postings",
        simple(
            [
                [
                    "职位名称",
                    "薪资范围",
                    "工作城市",
                    "经验要求",
                    "学历要求",
                    "公司名称",
                    "公司规模",
                    "职位描述",
                    "职位链接",
                    "发布时间",
                ],
                [
                    "外卖骑手",
                    "6-8K",
                    "通辽",
                    "经验不限",
                    "学历不限",
                    "示例配送",
                    "100-499人",
                    "送餐",
                    "https://x.invalid/1",
                    "06-20",
                ],
            ]
        ),
        [{"title": "外卖骑手", "wage_text": "6-8K", "description": "送餐", "published_on": date(2026, 6, 20)}],
    ),
    Case(
        "list of a county office",
        "workers",
        simple(
            [
                ["科尔沁区城镇登记失业人员名册"],
                [
                    "序号",
                    "姓 名",
                    "性 别",
                    "身份证号码",
                    "学 历",
                    "联系方式",
                    "所属社区",
                    "失业时间",
                    "求职意向",
                    "有无培训意愿",
                    "备 注",
                ],
                [
                    1,
                    "示例一",
                    "女",
                    id_number(2),
                    "高中/中专",
                    "13800000001",
                    "示例社区",
                    "2025.11",
                    "保洁、收银",
                    "育婴",
                    "孩子上小学",
                ],
            ]
        ),
        [
            {
                "name": "示例一",
                "wish_text": "保洁、收银",
                "training_wish_text": "育婴",
                "remarks": "孩子上小学",
                "village": "示例社区",
            }
        ],
    ),
)
