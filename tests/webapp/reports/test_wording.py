from decimal import Decimal

from engine.reckoning.report import Figure, Grid, Head, Row
from webapp.reports.wording import number_text, places_by_column, spans


def test_numbers_of_a_column_have_equally_many_places():
    heads = (Head("月份"), Head("天数", "number"), Head("件数", "count"))
    values = (Decimal(19), Decimal("12.75"), None)
    rows = tuple(Row(("2026-03", Figure(value), Figure(3))) for value in values)

    places = places_by_column(Grid(heads, rows))

    assert places == [None, 2, None]
    assert [number_text(each, "number", 2) for each in values] == ["19.00", "12.75", "–"]


def test_months_that_follow_each_other_are_told_as_one_span(app):
    with app.test_request_context():
        told = spans(["2026-02", "2025-12", "2026-01", "2026-05"])

    assert told == "2025-12 至 2026-02、2026-05"
