"""A complaint about a product goes its whole way, by the people whom it needs."""

from pathlib import Path

from playwright.sync_api import expect

from tests.end_to_end.complaints import (
    REGISTER,
    advice,
    arrival,
    day,
    finding,
    moment,
    registration,
    sampling_request,
)
from tests.end_to_end.conftest import KeepPicture, Sit
from tests.end_to_end.desk import Desk, words

CLOSED = words("Completed. The case is closed.")


def test_a_complaint_goes_from_registration_to_its_close(
    sit: Sit, photo: Path, keep_picture: KeepPicture
) -> None:
    number = sit("demo-branch-clerk").register(REGISTER, registration())

    _visit_the_customer(sit, number, photo)
    _submit_the_defect(sit, number)
    _send_the_goods_back(sit, number)
    _determine_the_cause(sit, number)
    _carry_out_what_was_decided(sit, number, keep_picture)
    _approve_and_supervise_the_improvement(sit, number)
    said = sit("demo-hq-clerk").complete(
        number,
        "结案归档",
        {"档案编号": "DA-0001", "归档资料": ["登记反馈表", "内联单", "答复记录"]},
    )

    assert said == CLOSED
    _the_case_page_shows_it_closed(sit("demo-branch-clerk"), number)


def _visit_the_customer(sit: Sit, number: str, photo: Path) -> None:
    clerk, manager = sit("demo-hq-clerk"), sit("demo-regional-manager", phone=True)
    clerk.complete(number, "解答疑问", advice())
    said = clerk.complete(number, "以内联单通知取样", sampling_request())
    assert "赶到现场" in said
    manager.complete(number, "赶到现场", arrival())
    manager.complete(number, "取样并界定", finding(photo))


def _submit_the_defect(sit: Sit, number: str) -> None:
    sit("demo-regional-manager", phone=True).complete(
        number,
        "填写不良品投诉处理书",
        {
            "不良品数量": "1",
            "单位": "台",
            "不良情况": "油封唇口缺陷，运行三天漏油。",
            "申请更换数量": "1",
            "已向客户承诺无条件更换新品，运费由公司承担": True,
            "已请客户协助把产品运回公司": True,
            "随附资料": ["内联单", "现场调查资料", "故障照片"],
        },
    )
    sit("demo-marketing-director").complete(
        number,
        "审批申报",
        {
            "审批": "同意",
            "审核要点（同意时逐项核对）": [
                "投诉事件属实",
                "调查结果属实",
                "应当向公司申报",
            ],
        },
    )


def _send_the_goods_back(sit: Sit, number: str) -> None:
    sit("demo-hq-clerk").complete(
        number,
        "核对处理书",
        {
            "核对结果": "可以转报",
            "核对要点": ["填写规范", "内容齐全", "有必要且可以转品管部"],
        },
    )
    sit("demo-hq-regional-manager").complete(
        number,
        "第一次审批",
        {
            "审批": "同意，产品退回公司",
            "审核要点": ["证据、照片和资料齐全", "申报和调查属实", "是否退回已权衡"],
        },
    )
    sit("demo-hq-clerk").complete(
        number,
        "转品管部",
        {
            "移交资料": ["不良品投诉处理书", "内联单", "故障照片"],
            "品管部接收人": "演示·品管工程师",
        },
    )
    sit("demo-regional-manager", phone=True).complete(
        number,
        "安排退货",
        {
            "承运人": "演示物流",
            "运单号": "YD0001",
            "发运日期": day(0),
            "发运数量": "1",
            "客户已协助包装、发运": True,
        },
    )


def _determine_the_cause(sit: Sit, number: str) -> None:
    sit("demo-hq-clerk").record(number, "产品到货")
    engineer = sit("demo-quality")
    engineer.complete(
        number,
        "界定原因",
        {
            "界定结果": "质量问题",
            "检验情况": "油封硬度低于标准，唇口有砂眼。",
            "真实原因": "油封批次不良。",
            "在保修期内": True,
        },
    )
    engineer.complete(
        number,
        "提出处理意见",
        {
            "对客户的处理意见": "免费更换新品，致歉。",
            "解决质量问题的建议": "加强油封进料检验。",
        },
    )
    sit("demo-hq-regional-manager").complete(
        number,
        "第二次审批",
        {
            "审批": "同意",
            "审核要点（同意时逐项核对）": ["符合服务承诺", "符合处理程序"],
        },
    )


def _carry_out_what_was_decided(sit: Sit, number: str, keep_picture: KeepPicture) -> None:
    clerk = sit("demo-branch-clerk")
    clerk.find(number, "答复客户")
    clerk.open_case(number)
    keep_picture(clerk.page, "case")
    clerk.complete(
        number,
        "答复客户",
        {
            "答复时间": moment(minutes=-1),
            "答复方式": "电话",
            "答复内容": "已向客户说明处理意见。",
            "客户意见": "接受处理结果",
        },
    )
    sit("demo-hq-clerk").complete(
        number,
        "更换新品",
        {
            "办理结果": "已更换新品",
            "新品编号": "ZL-200-0099",
            "更换数量": "1",
            "发出日期": day(0),
            "运单号": "YD0002",
        },
    )


def _approve_and_supervise_the_improvement(sit: Sit, number: str) -> None:
    engineer = sit("demo-quality")
    engineer.complete(
        number,
        "提出改善报告",
        {
            "不良品产生原因": "供应商更换材料未通知，进料检验漏检。",
            "改善措施": "恢复原材料，进料逐批检验硬度。",
            "落实部门": "生产部",
            "完成期限": day(14),
        },
    )
    sit("demo-management-representative").complete(number, "审批改善报告", {"审批": "同意"})
    sit("demo-general-manager").complete(number, "批准改善报告", {"审批": "同意"})
    engineer.complete(
        number,
        "监督改善落实",
        {
            "改善措施已落实，经品管部验证有效": True,
            "落实与验证情况": "已落实，连续三批检验合格。",
        },
    )
    engineer.complete(
        number,
        "品管归档",
        {"档案编号": "PG-0001", "归档资料": ["界定资料", "检验资料", "处理意见书"]},
    )


def _the_case_page_shows_it_closed(clerk: Desk, number: str) -> None:
    clerk.open_case(number)
    expect(clerk.page.locator(".head .mark.good")).to_have_text(words("closed"))
    expect(clerk.page.locator("#history")).to_contain_text("第二次审批")
