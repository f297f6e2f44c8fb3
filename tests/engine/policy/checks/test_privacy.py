"""What a policy says of readers, confidential cases and retention is read and checked."""

import pytest

from engine.policy import Bundle, check
from engine.policy.settings import read_settings
from tests.engine.policy.bundles import changed, minimal

POLICY = minimal().text("policy.toml")
EYES = '<zeebe:property name="fourEyes" value="investigate" />'
SECRET = (
    '[confidential]\nwhen = "= fault = \\"quality\\""\nroles = ["head"]\n'
    'clauses = ["MC-3"]\n'
)
SPOKEN = SECRET + 'spokesperson = "= registrar.login"\n'


def with_sections(bundle: Bundle, text: str) -> Bundle:
    whole = f"{bundle.text('policy.toml')}\n{text}"
    return Bundle(bundle.key, {**bundle.files, "policy.toml": whole.encode()})


def outward(value: str) -> Bundle:
    after = f'{EYES}<zeebe:property name="outward" value="{value}" />'
    return changed("complaint.bpmn", EYES, after)


def told(bundle: Bundle) -> list[tuple[str | None, str]]:
    return [(each.element, each.rule) for each in check(bundle)]


def test_a_policy_says_who_reads_its_cases_and_for_how_long() -> None:
    text = POLICY.replace("[case]\n", '[case]\nreaders = ["head"]\n')

    settings, findings = read_settings(
        "policy.toml", f'{text}\n{SPOKEN}[retention]\nyears = 5\nclauses = ["MC-1"]\n'
    )

    assert not findings
    assert settings is not None
    assert settings.readers == ("head",)
    assert settings.confidential is not None
    assert settings.confidential.roles == ("head",)
    assert settings.confidential.clauses == ("MC-3",)
    assert settings.retention is not None
    assert (settings.retention.years, settings.retention.clauses) == (5, ("MC-1",))


def test_nothing_is_confidential_or_erased_unless_the_policy_says_so() -> None:
    settings, _ = read_settings("policy.toml", POLICY)

    assert settings is not None
    assert settings.readers == ()
    assert (settings.confidential, settings.retention) == (None, None)


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ('[confidential]\nroles = ["head"]', "toml-missing-key"),
        ('[confidential]\nwhen = "= true"\nrole = ["head"]', "toml-unknown-key"),
        ("[retention]\nyears = 0", "toml-range"),
        ('[retention]\nclauses = ["MC-1"]', "toml-missing-key"),
        ("[retention]\nyears = 3\nmonths = 1", "toml-unknown-key"),
    ],
)
def test_each_fault_of_a_section_is_told(section: str, expected: str) -> None:
    _, findings = read_settings("policy.toml", f"{POLICY}\n{section}\n")

    assert expected in [each.rule for each in findings]


def test_roles_must_be_there() -> None:
    text = POLICY.replace("[case]\n", '[case]\nreaders = ["haed"]\n')
    bundle = minimal()
    bundle = Bundle(bundle.key, {**bundle.files, "policy.toml": text.encode()})

    found = told(with_sections(bundle, SECRET.replace("head", "chief")))

    assert found == [
        ("case.readers", "role-unknown"),
        ("confidential.roles", "role-unknown"),
    ]


def test_what_a_section_cites_and_reads_must_be_there() -> None:
    wrong = SECRET.replace("MC-3", "MC-9").replace("fault", "falt")

    found = told(with_sections(minimal(), wrong))

    assert ("confidential.when", "name-unset") in found
    assert ("confidential", "clause-unknown") in found


def test_what_goes_outside_needs_a_spokesperson() -> None:
    assert told(with_sections(outward("yes"), SPOKEN)) == []
    assert told(outward("yes")) == [("approve", "task-outward")]
    assert told(with_sections(outward("no"), SPOKEN)) == [("approve", "task-outward")]
    assert told(with_sections(minimal(), SPOKEN)) == [
        ("confidential.spokesperson", "spokesperson-unused")
    ]


def test_figures_name_nobody() -> None:
    text = (
        '[ledger]\ntitle = "台账"\n[[ledger.column]]\nid = "customer"\ntitle = "客户"\n'
        'value = "= customerName"\n[statistics]\nhot-spot = "customer"\n'
    )

    assert ("statistics customer", "statistics-personal") in told(
        with_sections(minimal(), text)
    )
