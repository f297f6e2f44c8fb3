"""Small forms for tests."""

import json
from datetime import UTC, datetime

from engine.forms import Form, FormContext, parse_form

NOW = datetime(2026, 3, 2, 1, 10, tzinfo=UTC)  # 09:10 in Shanghai.
PHOTO = {"document": 7, "name": "照片.jpg", "type": "image/jpeg", "size": 9, "digest": "d1"}
PAPER = {
    "document": 8,
    "name": "报告.pdf",
    "type": "application/pdf",
    "size": 9,
    "digest": "d2",
}
KINDS = [{"label": "质量", "value": "quality"}, {"label": "服务", "value": "service"}]


def a_form(*components: dict) -> Form:
    drawn = [{"id": f"c{number}", **each} for number, each in enumerate(components)]
    return parse_form(json.dumps({"id": "form", "components": drawn}).encode())


def field(kind: str, key: str = "it", /, label: str = "It", **settings) -> dict:
    validate = settings.pop("validate", {})
    return {"type": kind, "key": key, "label": label, "validate": validate, **settings}


def required(kind: str, key: str = "it", **settings) -> dict:
    return field(kind, key, validate={"required": True}, **settings)


def around(*, language: str = "zh_CN", **variables) -> FormContext:
    return FormContext(variables, NOW, language=language)


def faults(form: Form, values: dict, **variables) -> dict[str, list[str]]:
    errors = form.validate(values, around(**variables))
    return {name: [str(each) for each in sentences] for name, sentences in errors.items()}
