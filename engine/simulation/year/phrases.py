"""What people of a made-up year are called and say; all of it plainly made up."""

from collections.abc import Sequence
from random import Random

from engine.simulation.year.entering import Face

_PLACES = ("江南", "临江", "城东", "望湖", "南桥", "松林", "东港", "金牛", "新河", "北苑")
_CUSTOMERS = 90
_LOYAL = 0.985  #: How much rarer each customer is than the one before.

WHY_LONGER: Sequence[str] = (
    "等待外部检测结果，申请顺延。",
    "客户约定的时间在期限之后，申请顺延。",
    "责任单位补充材料未到，申请顺延。",
)
WHY_URGED: Sequence[str] = ("客户来电询问进度，请尽快处理。", "已经超过期限，请优先处理。")
WHY_CANCELLED = "重复登记，已在另一案件中处理。"
GRANTED, REFUSED = "同意顺延。", "期限不变，请抓紧办理。"


def customer(chance: Random) -> Face:
    """Return one of the customers, of whom some come again and again."""
    numbers = range(1, _CUSTOMERS + 1)
    number = chance.choices(numbers, [_LOYAL**each for each in numbers])[0]
    place = _PLACES[number % len(_PLACES)]
    return Face(
        customer=f"演示·{place}客户{number:02}",
        email=f"demo{number:02}@example.com",
        mobile=f"1380000{number:04}",
    )
