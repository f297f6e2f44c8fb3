"""What people enter on the way of a complaint about a product, by the labels they see."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.end_to_end.desk import Answer, Answers

REGISTER = "登记客户投诉"
_ZONE = ZoneInfo("Asia/Shanghai")


def moment(**away: float) -> str:
    """Return a moment so far from now, as a field for date and time takes it."""
    return f"{datetime.now(_ZONE) + timedelta(**away):%Y-%m-%dT%H:%M}"


def day(away: int) -> str:
    """Return a day so many days from today, as a field for dates takes it."""
    return f"{datetime.now(_ZONE) + timedelta(days=away):%Y-%m-%d}"


def registration(customer: str = "演示·客户") -> Answers:
    """Return what the branch clerk in Shanghai enters when a machine leaks."""
    return {
        "客户姓名": customer,
        "联系电话": "13800000000",
        "地址": "上海市演示路 1 号",
        "客户所在区域": "华东区",
        "受理营业所": "上海营业所",
        "投诉方式": "电话",
        "受理时间": moment(minutes=-20),
        "投诉对象": "产品质量",
        "缓急": "一般",
        "投诉事项": "新机运行三天后漏油",
        "投诉详情": "设备运行三天后底部漏油，已经停机。",
        "真实原因": "担心影响交货。",
        "产品型号": "ZL-200",
        "产品批号": "260105",
        "订货日期": day(-50),
        "发货日期": day(-30),
        "到货日期": day(-25),
        "故障现象": "底部油封处持续渗油，半小时一滩。",
        "已将登记内容向客户逐项复述，客户确认无误": True,
        "确认人（客户方）": customer,
        "确认时间": moment(minutes=-10),
    }


def advice() -> Answers:
    """Return what headquarters tells a customer whom advice does not help."""
    return {
        "向客户说明的内容": "请先检查油封是否压紧；仍漏油的由区域经理到场。",
        "解答结果": "须到现场取样",
        "已告知客户：区域经理将尽快到现场取样": True,
    }


def sampling_request() -> Answers:
    """Return what the liaison form asks of the regional manager."""
    return {
        "投诉详情": "客户设备漏油停机，请到现场取样。",
        "要求答复时间": moment(days=3),
    }


def arrival() -> Answers:
    """Return that the regional manager has arrived."""
    return {"到达情况": "已到达现场", "到达": moment(minutes=-5)}


def finding(photo: Path) -> dict[str, Answer]:
    """Return what the regional manager finds on site: plainly a fault of the product."""
    return {
        "故障照片": photo,
        "取样": "油封一件",
        "界定结果": "明显质量问题",
        "原因分析": "油封唇口有铸造缺陷。",
        "已与客户探讨原因": True,
        "在保修期内": True,
        "界定说明（内联单）": "油封唇口缺陷导致漏油，属质量问题。",
        "对客户的答复或建议": "建议更换新品。",
    }
