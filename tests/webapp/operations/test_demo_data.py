"""The page of demo data: for administrators, with a word to type where cases are real."""

from engine.commands.operations.madeup import BeginDemo, FailDemo, NoteDemo
from engine.model import SYSTEM, Sentence

PAGE = "/demo-data/"


def test_it_is_for_administrators(browser, deployed):
    assert browser("lin").get(PAGE).status == 403
    assert browser("lin").send(PAGE + "load").status == 403
    assert browser("lin").send(PAGE + "remove").status == 403


def test_where_cases_are_real_a_word_must_be_typed(root, deployed):
    page = root.send(PAGE + "load", {"word": "是"})

    assert page.status == 422
    assert "请输入这个词" in page.text


def test_it_shows_how_far_the_making_is(engine, root, deployed):
    engine.run(BeginDemo(), by=SYSTEM)
    engine.run(NoteDemo(42, 170), by=SYSTEM)

    page = root.get(PAGE)

    assert "已生成 170 件演示案件，进度 42%" in page.text
    assert page.texts("//button[contains(., '装入演示数据')]") == []


def test_it_says_why_the_making_came_to_no_end(engine, root, deployed):
    engine.run(BeginDemo(), by=SYSTEM)
    engine.run(FailDemo(Sentence("It was interrupted; load it once more.")), by=SYSTEM)

    page = root.get(PAGE)

    assert "过程被中断，请重新装入。" in page.text
    assert page.texts("//button[contains(., '装入演示数据')]")
