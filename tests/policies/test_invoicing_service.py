"""What the invoicing-service policy promises beyond what holds for every policy."""

from tests.policies.shipped import Shipped

INVOICING = Shipped("invoicing-service")


def fields() -> set[str]:
    return {
        inner.path[-1]
        for form in INVOICING.policy.forms.values()
        for component in form.components
        for inner in component.walk()
        if inner.path
    }


def test_nobody_types_in_how_often_a_unit_was_complained_of() -> None:
    job = INVOICING.element("count-repeats").job

    assert job is not None
    assert job.headers["where"].source == "={counted: true, unit: responsibleUnit}"
    assert not {"generalBefore", "limits", "classification"} & fields()


def test_how_often_is_too_often_stands_in_a_table_alone() -> None:
    limits = INVOICING.decide("repetition-limits", responsibleUnit="service-east")

    assert limits == {"window": 90, "threshold": 3}


def test_complaints_are_numbered_by_year_month_and_a_count_of_their_own() -> None:
    number = INVOICING.policy.settings.number

    assert (number.format, number.period) == ("{YYMM}{00}", "month")


def test_the_handling_form_is_printed_for_marketing_and_for_the_unit() -> None:
    printed = INVOICING.policy.prints["handling-form"]

    assert len(printed.copies) == 2
    assert printed.keepers == ("marketing-manager", "responsible-unit-head")


def test_what_the_unit_answers_for_is_signed() -> None:
    signed = {
        task.id for task in INVOICING.user_tasks() if task.properties.get("signed") == "yes"
    }

    assert signed == {"sign-report", "confirm-deduction", "approve-closure"}
