import pytest

from webapp.reports.labels import fitted

WIDTH = 656


def test_short_labels_stand_beside_each_other():
    texts = ["一般性", "严重性"]

    assert fitted(texts, WIDTH).texts == ("一般性", "严重性")
    assert not fitted(texts, WIDTH).leans


@pytest.mark.parametrize(
    "texts",
    [
        ["演示·技术员（东区站）"] * 6,
        [f"2026-{month:02}" for month in range(1, 13)],
    ],
)
def test_labels_that_would_touch_lean_and_have_their_room(texts):
    found = fitted(texts, WIDTH)

    assert found.leans
    assert found.left > 0
    assert found.below > fitted(["短"], WIDTH).below


def test_of_very_many_labels_only_some_are_written():
    assert fitted([f"11-{day}" for day in range(1, 53)], WIDTH).every == 2


def test_a_very_long_label_is_cut():
    found = fitted(["核算损失并认定责任人和责任单位"] * 9, WIDTH)

    assert found.texts[0] == "核算损失并认定责任人和…"
