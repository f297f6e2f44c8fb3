"""How much working time is left stands wherever a due date is shown."""

import pytest

LEFT = "剩 3 个工作时"


@pytest.mark.parametrize(
    "path",
    ["/?show=groups", "/cases/", "/cases/{case}", "/cases/{case}/print", "/tasks/{task}"],
)
def test_pages_say_what_is_left(lin, case_id, investigate, path):
    page = lin.get(path.format(case=case_id, task=investigate))

    assert LEFT in page.text


def test_the_list_of_cases_says_how_late_the_first_task_is(lin, case_id, clock):
    clock.move(hours=5)

    assert "逾期 30 分钟" in lin.get("/cases/").text
