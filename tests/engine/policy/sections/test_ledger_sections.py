"""Ledger, statistics, reports and number series are read with all their faults at once."""

import re
from pathlib import Path

import pytest

from engine.policy.settings import PolicySettings, read_settings
from tests.engine.policy.bundles import minimal
from tests.ledgers import LEDGER

TEXT = minimal().text("policy.toml") + LEDGER


def read(before: str = "", after: str = "") -> tuple[PolicySettings | None, list[str]]:
    assert before in TEXT
    settings, findings = read_settings("policy.toml", TEXT.replace(before, after, 1))
    return settings, [finding.rule for finding in findings]


def settings_of(before: str = "", after: str = "") -> PolicySettings:
    settings, rules = read(before, after)
    assert rules == []
    assert settings is not None
    return settings


def test_a_ledger_is_read():
    ledger = settings_of().ledger

    assert ledger is not None
    assert (ledger.title, ledger.readers, ledger.close_day) == ("投诉台账", ("head",), 10)
    assert [column.id for column in ledger.columns] == ["customer", "unit", "fault", "took"]
    assert ledger.column("fault").labels == {"quality": "质量", "misuse": "使用不当"}
    assert ledger.column("fault").width is None


def test_what_people_start_stands_in_it_unless_something_else_is_said():
    assert settings_of().ledger.processes == ("complaint",)

    said = settings_of('title = "投诉台账"', 'title = "投诉台账"\nprocesses = ["other"]')

    assert said.ledger.processes == ("other",)


def test_statistics_and_reports_are_read():
    settings = settings_of()

    assert settings.statistics is not None
    assert (settings.statistics.unit, settings.statistics.hot_spot) == ("unit", "fault")
    assert (settings.statistics.groups, list(settings.statistics.measures)) == (
        ("fault",),
        ["solved-once"],
    )
    assert [report.kind for report in settings.reports] == ["hot-spots"]


def test_a_policy_may_do_without():
    settings, findings = read_settings("policy.toml", minimal().text("policy.toml"))

    assert findings == []
    assert settings is not None
    assert (settings.ledger, settings.statistics, settings.reports) == (None, None, ())


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ('title = "投诉台账"', 'titel = "投诉台账"', "toml-unknown-key"),
        ('title = "投诉台账"', "", "toml-missing-key"),
        ('title = "投诉台账"', 'title = "x"\nclose-day = 31', "toml-range"),
        ('id = "unit"', 'id = "Unit"', "ledger-column"),
        ('id = "unit"', 'id = "customer"', "ledger-column"),
        ('id = "unit"', "", "toml-missing-key"),
        ('value = "= branch"', "", "toml-missing-key"),
        ('value = "= branch"', 'value = "branch"', "feel-without-sign"),
        ('value = "= branch"', 'value = "= branch +"', "feel-syntax"),
        ('kind = "unit"', 'kind = "units"', "toml-choice"),
        ('kind = "choice"', 'kind = "text"', "ledger-labels"),
        ('quality = "质量"', 'quality = ""', "ledger-labels"),
        ('kind = "unit"', 'kind = "unit"\nwidth = 500', "toml-range"),
        ('hot-spot = "fault"', 'hot-spot = "falt"', "statistics-column"),
        ('unit = "unit"', 'unit = "branch"', "statistics-column"),
        ('column = "fault"', 'column = "falt"', "statistics-column"),
        ('column = "fault"', "", "toml-missing-key"),
        (
            'column = "fault"',
            'column = "fault"\n[[statistics.group]]\ncolumn = "fault"',
            None,
        ),
        ('solved-once = "= fault', 'solved-once = "fault', "feel-without-sign"),
        ('kind = "hot-spots"', 'kind = "hotspots"', "toml-choice"),
        ('kind = "hot-spots"', 'kind = "satisfaction"', "report-empty"),
        ('kind = "hot-spots"', 'kind = "unit-rate"\nroles = "head"', "toml-kind"),
        ('hot-spot = "fault"', "", "report-empty"),
        ('title = "热点"', "", "toml-missing-key"),
    ],
)
def test_each_fault_is_told(before, after, rule):
    settings, rules = read(before, after)

    assert settings is None
    assert (rule or "statistics-column") in rules


def test_statistics_and_reports_need_a_ledger():
    text = TEXT[: TEXT.index("[ledger]")] + TEXT[TEXT.index("[statistics]") :]

    _, findings = read_settings("policy.toml", text)

    assert [finding.element for finding in findings if finding.element == "ledger"]


OWN = 'title = "登记投诉"\nnumber = { format = "%s", period = "%s" }'


def test_a_start_may_have_numbers_of_its_own():
    settings = settings_of('title = "登记投诉"', OWN % ("TS-{YY}{000}", "year"))

    key, series = settings.series(settings.starts[0])
    assert (key, series.format) == ("minimal/complaint", "TS-{YY}{000}")


def test_it_counts_with_the_policy_where_it_says_nothing():
    settings = settings_of()

    assert settings.series(settings.starts[0]) == ("minimal", settings.number)


@pytest.mark.parametrize(
    ("number", "period"),
    [("JY-{YYMM}-{00}", "month"), ("JY-{YYMM}-{0000000}", "month"), ("JY", "never")],
)
def test_numbers_that_may_meet_are_refused(number, period):
    settings, rules = read('title = "登记投诉"', OWN % (number, period))

    assert settings is None
    assert "policy-number" in rules


def test_the_example_for_process_owners_is_right():
    guide = Path(__file__).resolve().parents[4] / "processes" / "README.md"
    [example] = re.findall(r"```toml\n(\[ledger\].*?)```", guide.read_text("utf-8"), re.S)

    settings, findings = read_settings(
        "policy.toml", minimal().text("policy.toml") + example
    )

    assert findings == []
    assert settings is not None
    assert settings.ledger is not None
