"""What a measured case carries: about 2 KB of variables, and what people enter."""

import json

from engine.model import Variables

CASE: Variables = {
    "customerName": "演示·客户",
    "customerPhone": "13800000000",
    "facts": "到货后开机异响，停机检查发现轴承位有裂纹，批次与装箱单一致。" * 20,
    "amount": 12995,
}


def form(task: str) -> Variables:
    """Return what somebody enters at *task*."""
    return {"remark": f"{task}：" + "已与客户核对。" * 4, "result": "ok", "rework": "no"}


def form_file(form_id: str, values: Variables) -> bytes:
    """Return a form with a field for each of *values*."""
    components = [
        {"type": "number" if isinstance(value, int) else "textfield", "id": key, "key": key}
        | {"label": key}
        for key, value in values.items()
    ]
    schema = {
        "type": "default",
        "id": form_id,
        "schemaVersion": 19,
        "executionPlatform": "Camunda Cloud",
        "components": components,
    }
    return json.dumps(schema).encode()
