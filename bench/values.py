"""What a measured case carries: about 2 KB of variables, and what people enter."""

from engine.model import Variables

CASE: Variables = {
    "customer": {
        "name": "演示·客户",
        "phone": "138 0000 0000",
        "address": {"city": "杭州", "street": "演示路 1 号"},
    },
    "facts": "到货后开机异响，停机检查发现轴承位有裂纹，批次与装箱单一致。" * 12,
    "photos": [
        {"document": number, "name": f"照片{number}.jpg", "size": 1000 * number}
        for number in range(5)
    ],
    "amount": 12995,
}


def form(task: str) -> Variables:
    """Return what somebody enters at *task*."""
    name = task.replace("-", "_")
    return {f"{name}_remark": "已与客户核对。" * 4, f"{name}_result": "ok", "rework": "no"}
