"""Everyday titles of adverts name work of the right family, and titles that only sound like it do not."""

from __future__ import annotations

import pytest

from matcher.domain.posting import PostingKind
from matcher.reading import load_tools
from tests.matcher.reading.adverts.advert import facts_of

TITLES = {
    "cattle_care": "养牛合作社招夫妻工 招聘养鸡工人 乳业挤奶工 牧业公司饲养员 养牛工 挤奶工 羊场招夫妻工",
    "herding": "扎鲁特旗牧户雇羊倌 羊倌 放牛的 牧工 接羔工 牧区放羊工 牧点羊倌",
    "vet_assistant": "乡镇兽医站配种员 防疫员 配种员 人工授精员 牧场兽医 春防临时防疫员 畜牧站防疫人员",
    "slaughter_cutting": ("屠宰场招剔骨师傅 肉业公司分割车间普工 剔骨工 屠宰工 分割包装工 剃骨工 屠宰场下货处理工"),
    "food_processing": (
        "通辽开发区食品厂急招包装女工 招车间包装工（食品厂） 开鲁县红干椒厂招挑椒女工50名 "
        "牛肉干厂车间工人 牛肉干车间工人 奶豆腐制作 小米包装工"
    ),
    "crop_work": "葡萄园埋藤工 大棚番茄采摘女工 地里拔草零工 起葱零工 大棚工 摘柿子 蘑菇采摘工",
    "greening_forest": ("奈曼旗沙地造林招工 造林补植、护林抚育工 栽树工 治沙造林工 园林绿化工 剪草坪的 绿化养护员"),
    "agri_machinery": "农场机手 秋收收割机手 植保无人机驾驶员 农机合作社驾驶员 拖拉机手 收割机手 农机操作手",
    "construction_skilled": "工地招钢筋工、木工、瓦工 建筑工地招架子工 绑钢筋 支模木工 瓦工大工 架子工 打灰工",
    "construction_labour": "市政道路工程力工 公路段养护工 通村路务工 修路小工 工地杂工 卸水泥装卸工 建筑工地普工",
    "interior_finish": "门窗厂安装工 装修公司油工 铺瓷砖 刮腻子 大白工 吊顶工 涂料工",
    "welding_metal": "钢结构厂焊工 机械加工厂车工 二保焊工 氩弧焊 铆工 车工 焊接操作工",
    "electrician": ("电工（持高压证） 工厂值班电工 监控弱电学徒 水电安装工 低压电工 厂区维修电工 低压电工持证上岗"),
    "power_line_newenergy": (
        "风电场招运维人员 光伏电站招值班员 风场运维技工 风机检修工 光伏清洗工 光伏板安装 线路架线工"
    ),
    "machine_operator": (
        "招会开铲车的师傅 招会开叉车的 塔吊司机持证 挖掘机手（矿山） 塔吊司机 铲车司机 旋挖钻机操作手"
    ),
    "truck_driver": "A2重型半挂司机 工程自卸车司机 商混罐车司机 大货司机 半挂司机 罐车司机 高栏车司机",
    "light_driver": "公交驾驶员 校车驾驶员A1 面包车送货 小车司机 轻卡送货司机 通勤车司机 出租车夜班司机",
    "warehouse_sorting": (
        "库伦旗荞麦米厂装卸工 饲料厂装卸工 建材市场装卸力工 物流园夜班装卸工 快件中转操作员 快递分拣员 打包工"
    ),
    "delivery_rider": "美团招骑手 快递员 外卖小哥 送餐员 送水工 派件员 同城跑腿",
    "security_guard": "招能上夜班的保安 银行大堂保安 消防监控持证 辅警招聘 保安 秩序维护员 消防控制室值班员",
    "gatekeeper_watch": (
        "急聘夜班更夫（男） 中学宿舍管理员 学校门卫（夜班） 停车场夜班看车 小区门岗 打更老头 停车场管理员"
    ),
    "cleaning": "急招：保洁2名 后旗大青沟景区保洁 医院招保洁员 保洁 楼道清洁 环卫清扫员 公厕管理员",
    "property_repair_boiler": (
        "热力公司招司炉工 供热站锅炉工 学校锅炉房烧炉工 水暖维修工 司炉工 物业维修师傅 供热公司管网工"
    ),
    "cook": (
        "招炒菜师傅一名，会做蒙餐优先 幼儿园招厨师 蒙古包旅游点厨师 烧烤店招烤工 食堂掌勺师傅 大锅菜师傅 火锅师傅"
    ),
    "pastry_cook": "早餐铺招包包子的 蛋糕房学徒 面馆招拉面师傅 馅饼师傅 蒸馒头师傅 面案 面包师",
    "kitchen_helper": "小学食堂帮厨 饭店刷碗阿姨 酒店管事部洗碗 午餐配餐帮工 小饭桌帮厨 择菜工 火锅店切肉工",
    "restaurant_hotel": "宾馆招客房服务员 酒店招前台 KTV招服务员 洗浴招搓澡师傅 客房打扫 服务员 调饮师",
    "home_help": "保姆 钟点工 住家阿姨 做饭阿姨 家务阿姨 不住家保姆 管家（住家）",
    "maternity_infant": "找人带孩子 月子中心招护理 月嫂 育儿嫂 催乳师 带宝宝阿姨 早教育婴师",
    "elder_care": "养老院招护工 养老护理员 敬老院护工 伺候老人 陪护老太太 居家照护员 护理院护理员",
    "hospital_aide": "医院护工（女） 医院护工 陪检员 病房陪床 医院运送工 医疗护理员 医院护理员",
    "childcare_assistant": "幼儿园招保育员 保育员 幼儿园阿姨 托育老师 托管班看护老师 晚托老师 保育阿姨",
    "retail_cashier": "商场收银员 超市生鲜区员工 水果店招营业员 化妆品店导购 收银员 超市理货员 农资店店员",
    "ecommerce_live": "网络主播 直播间助理 抖音剪辑 网店客服 带货主播 直播场控 拼多多运营",
    "garment_sewing": ("诚招缝纫学徒 服装厂招平车工、锁边工、学徒 地毯厂女工 窗帘店缝纫工 车缝工 平缝车工 包缝工"),
    "embroidery_craft": "刺绣合作社绣娘 皮画厂学徒 刺绣工 毡绣 皮雕学徒 马鞍具制作 草编工",
    "home_piecework": (
        "在家做的手工活 领活回家做：穿珠花、缝香包 手工活带回家 家庭手工外发 串珠外发工 糊纸盒（拿回家做） 居家缝纫工"
    ),
    "factory_operator": ("电子厂急招小时工 木业厂普工 板材厂临时工 砖厂出砖工人 装配工 流水线普工 水泥制品厂工人"),
    "process_plant": (
        "霍林郭勒铝厂招普工 化工厂招操作工 玉米生化公司招操作工 铝厂电解工 硅铁冶炼炉前工 淀粉厂发酵工 甲醇厂操作工"
    ),
    "mine_power_plant": ("煤矿招井下工 选煤厂招女工 电厂招巡检工 选煤岗位工 选煤工、皮带巡检 输煤巡检工 选煤厂岗位工"),
    "office_clerk": (
        "政务中心窗口人员 社区招网格员 窗口综合受理员 政务大厅窗口辅助人员 蒙汉双语窗口人员 "
        "便民服务中心帮办代办员 车间文员"
    ),
    "team_lead_qc": "质检女工 化验室化验员 生产线班长 质检员 班组长 车间主任助理 采样员",
    "auto_repair": ("4S店机修 汽修厂招大工、学徒 补胎店招学徒 电动车店修理工 修车工 修车学徒、小工 洗车店学徒"),
    "beauty_hair": "足疗店招技师 理发店招学徒 美容院招美容师 美甲店学徒 美发助理 美容师 艾灸师",
    "tourism_bilingual": "旅游区骑马师傅 草原旅游点服务员 双语讲解员 景区讲解员 马队牵马 蒙古包迎宾 景区接待",
    "public_welfare": (
        "嘎查村公益性岗位保洁员 河道保洁（公益岗） 村屯保洁公益岗 护林员（公益性岗位） "
        "就业协管员 草管员（公益性岗位） 乡村保洁员"
    ),
    "work_relief": (
        "以工代赈项目招小工 农田水利以工代赈普工 以工代赈水渠力工 以工代赈造林务工 "
        "高标准农田以工代赈小工 以工代赈修路工 以工代赈植树"
    ),
}
"""Family of domain 9.1 → titles as they stand in adverts."""

FALSE_FRIENDS = {
    "cattle_care": "牛场会计 牛场门卫 养牛合作社会计 肉牛销售 饲料销售员 饲料厂化验员 牛肉干直播",
    "slaughter_cutting": "屠宰场司机 屠宰场保洁 屠宰场门卫 肉联厂会计",
    "food_processing": "食品厂电工 食品厂叉车工 食品厂保安 食品厂业务员 淀粉厂司炉工 辣椒经纪人",
    "crop_work": "农药销售 种子销售 大棚膜销售 收购玉米 大棚安装工",
    "greening_forest": "园林绿化工程师 林业局文员 苗圃会计 林场司机",
    "agri_machinery": "农机销售 出售拖拉机 农机配件销售员",
    "construction_skilled": "瓷砖导购 建筑设计师 汽修大工",
    "interior_finish": "窗帘店导购 木门导购 门窗设计师",
    "welding_metal": "窗帘车工 校服厂车工 焊接老师 绞车工 电焊机销售",
    "electrician": "电工培训老师 电工器材业务员 汽车电工",
    "machine_operator": "挖掘机销售 叉车维修工 铲车维修工",
    "light_driver": "泵车司机 天车司机 拉煤车司机 提升机司机 叉车司机",
    "warehouse_sorting": "物流公司会计 快递公司客服 仓库电工 冷库电工",
    "security_guard": "村内保洁 银行保洁 公司保密员",
    "hospital_aide": "公路养护工 苗木养护工 天然林管护工 医院保洁 医院会计 医院食堂厨师 老人护工",
    "elder_care": "养老院会计 养老院厨师 养老院门卫 养老院保洁员 养老顾问",
    "childcare_assistant": "幼儿园厨师 幼儿园保安 幼儿园会计 幼儿园舞蹈老师",
    "kitchen_helper": "学校招会计 食堂管理员 食堂采购员 厨具销售",
    "cook": "厨师培训招生老师 酒店财务 酒店工程部维修",
    "garment_sewing": "服装厂保洁 服装厂会计 服装厂机修 缝纫机维修 服装设计师",
    "auto_repair": "汽修厂会计 洗车机销售 轮胎销售员",
    "mine_power_plant": "煤矿厨师 煤矿保安 电厂保洁 煤炭销售",
    "process_plant": "铝厂电工 铝厂食堂厨师 化工厂化验员 铝厂保洁",
    "power_line_newenergy": "风电场厨师 风电场司机 光伏业务员 光伏项目会计",
    "public_welfare": "公益组织会计 公益机构文员",
    "work_relief": "以工代赈项目会计 以工代赈项目监理 植树造林工人 治沙工",
    "restaurant_hotel": "奶茶店店长 酒店厨师 宾馆更夫",
}
"""Family → titles that contain its words and are other work, or none."""

NO_WORK = "工作人员 诚聘英才 招聘 急招 员工 合伙人 加盟商 招生 招商 服务人员 医护人员 出租房屋 收购玉米 出售拖拉机"


def _families(title: str, **columns: object) -> set[str]:
    """The families of the occupations read."""
    lexicon = load_tools().lexicon
    return {lexicon.occupations[term.code].family for term in facts_of("", title=title, **columns).occupations}


def _each(table: dict[str, str]) -> list[tuple[str, str]]:
    """(title, family) of a table."""
    return [(title, family) for family, titles in table.items() for title in titles.split()]


@pytest.mark.parametrize(("title", "family"), _each(TITLES))
def test_a_title_names_work_of_its_family_and_of_no_other(title, family):
    assert _families(title) == {family}


@pytest.mark.parametrize(("title", "family"), _each(FALSE_FRIENDS))
def test_a_title_that_only_sounds_like_a_family_is_not_of_it(title, family):
    assert family not in _families(title)


@pytest.mark.parametrize("title", NO_WORK.split())
def test_a_title_that_names_no_work_is_linked_to_none(title):
    assert _families(title) == set()


@pytest.mark.parametrize(
    ("title", "employer", "family"),
    [
        ("操作工", "某食品有限公司", "food_processing"),
        ("维修工", "某汽车修理厂", "auto_repair"),
        ("普工", "某肉牛养殖专业合作社", "cattle_care"),
        ("普工", "某光伏科技公司", "factory_operator"),
        ("普工", "某餐厅设备厂", "factory_operator"),
        ("护工", "某老年公寓", "elder_care"),
        ("护工", "某医院", "hospital_aide"),
        ("会计", "某养牛合作社", "finance"),
        ("收银员", "某羊绒衫专卖店", "retail_cashier"),
        ("车工", "某窗帘店", "garment_sewing"),
        ("车工", "某机械厂", "welding_metal"),
        ("司机", "某危险品运输公司", "truck_driver"),
        ("司机", "某建筑公司", "light_driver"),
        ("售票员", "某客运公司", "light_driver"),
        ("售票员", "某影院", "retail_cashier"),
    ],
)
def test_a_wide_word_means_what_this_employer_does(title, employer, family):
    assert _families(title, employer=employer) == {family}


@pytest.mark.parametrize(
    ("title", "kind", "family"),
    [
        ("护林员", PostingKind.PUBLIC_WELFARE, "public_welfare"),
        ("保洁员", PostingKind.PUBLIC_WELFARE, "public_welfare"),
        ("文员", PostingKind.PUBLIC_WELFARE, "public_welfare"),
        ("文员", PostingKind.MARKET, "office_clerk"),
        ("小工", PostingKind.WORK_RELIEF, "work_relief"),
        ("造林工", PostingKind.WORK_RELIEF, "work_relief"),
        ("造林工", PostingKind.MARKET, "greening_forest"),
        ("瓦工", PostingKind.WORK_RELIEF, "construction_skilled"),
    ],
)
def test_the_kind_of_a_posting_says_whether_it_is_public_welfare_or_work_relief(title, kind, family):
    assert _families(title, kind=kind) == {family}
