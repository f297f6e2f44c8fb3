"""Personal data is masked by what it is, and wherever a text repeats it."""

import pytest

from engine.masking import Veil, mask, numbers_at, personal_texts
from engine.model import Sentence
from engine.queries.cases.timeline import Event
from tests.conftest import START


@pytest.mark.parametrize(
    ("plain", "masked"),
    [
        ("张伟", "张*"),
        ("张小伟", "张**"),
        ("欧阳小明", "欧阳**"),
        ("歐陽修", "歐陽*"),
        ("13800000000", "138****0000"),
        ("+86 138 0000 0000", "138****0000"),
        ("0512-65881234", "0512****1234"),
        ("zhang@example.com", "z***@example.com"),
        ("110101199001011234", "110***********1234"),
        ("江苏省苏州市星湖街328号", "江苏省********"),
        ("海滨泵业有限公司", "海滨******"),
        ("R20260302", "R2*******"),
        ("808", "8**"),
        ("", ""),
    ],
)
def test_a_value_is_masked_by_what_it_looks_like(plain: str, masked: str) -> None:
    assert mask(plain) == masked


def test_texts_repeat_nothing_of_what_is_personal() -> None:
    known = {"name": "张小伟", "guests": [{"phone": "65881234"}], "room": "808"}
    veil = Veil(personal_texts(known, ["name", "guests.phone", "room"]))

    said = veil.text("张小伟（65881234）住 808，单号 HT-18080，手机 13911112222，a@b.cn")

    assert said == "张**（65****1234）住 8**，单号 HT-18080，手机 139****2222，a***@b.cn"


def test_values_are_masked_at_their_paths() -> None:
    veil = Veil(["李四"])

    shown = veil.values({"a": {"b": ["王五"]}, "c": "李四来电", "d": 3}, ["a.b"])

    assert shown == {"a": {"b": ["王*"]}, "c": "李*来电", "d": 3}


def test_all_that_is_shown_is_masked_but_what_names_things() -> None:
    told = Sentence("stopped: {reason}", {"reason": "李四不在"})
    event = Event(START, "incident", told, text="李四")

    shown = Veil(["李四", "incident"]).over((event,))

    assert shown[0].text == "李*"
    assert shown[0].sentence.values == {"reason": "李*不在"}
    assert shown[0].kind == "incident"


def test_files_at_personal_places_are_known_by_number() -> None:
    files = {"card": [{"document": 3, "name": "身份证.jpg"}], "photo": [{"document": 4}]}

    assert numbers_at(files, ["card"]) == {3}
    assert list(personal_texts(files, ["card"])) == ["身份证.jpg"]
