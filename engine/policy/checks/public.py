"""The public: forms that strangers may fill in, and what customers are told and asked."""

from collections.abc import Iterator, Mapping

from engine.bpmn import ElementInfo
from engine.feel import FeelError, parse_template
from engine.forms import Form
from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements, finding_at, literal_words
from engine.policy.checks.jobs.notify import not_by_email
from engine.policy.expressions import CHECK_EXPRESSION
from engine.policy.parts import POLICY, ROLES, Parts
from engine.policy.sections.public import CUSTOMER, LINK, Public
from engine.policy.settings import Start
from engine.policy.toml import did_you_mean

#: The fact that shows who works here, which no form for the public may read.
INSIDE = "directory"
_MOST_TOLD = 200  #: Characters of what a customer is told of a step.


def public_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong about what the public sees."""
    settings = parts.settings
    if settings is None:
        return
    if CUSTOMER in parts.roles:
        yield Finding(ROLES, CUSTOMER, "role-reserved", _RESERVED, _OTHER_ROLE)
    if settings.public is not None:
        yield from _letters(parts, settings.public)
        yield from _survey(parts, settings.public)
    for number, start in enumerate(settings.starts, start=1):
        if start.by == "public":
            yield from _start(parts, start, f"start[{number}]")
    for element in all_elements(parts):
        yield from _element(parts, element)


_RESERVED = Sentence(
    "Expected a role, but customer is the complaining customer, who is none."
)
_OTHER_ROLE = Sentence("Give the role another id, such as customer-service.")


def _letters(parts: Parts, public: Public) -> Iterator[Finding]:
    for key, letter_id in (
        ("acknowledge", public.acknowledge),
        ("survey-letter", public.survey_letter),
    ):
        if letter_id is None:
            continue
        letter = parts.letters.get(letter_id)
        if letter is not None and public.email is not None:
            yield from not_by_email(letter)
        if letter is None:
            yield _unknown(f"public.{key}", letter_id, "letter", parts.letters)
        elif not any(
            LINK in each.reads
            for text in (letter.title, letter.body)
            for each in parse_template(text).expressions
        ):
            yield Finding(
                f"letters/{letter_id}.md",
                None,
                "letter-link",
                Sentence("Expected the letter to name the page of the complaint."),
                Sentence("Write {{ trackingLink }} where the link shall stand."),
                severity="warning",
            )


def _survey(parts: Parts, public: Public) -> Iterator[Finding]:
    if public.survey is None:
        return
    form = parts.forms.get(public.survey)
    if form is None:
        yield _unknown("public.survey", public.survey, "form", parts.forms)
    else:
        yield from _nothing_inside(form)


def _unknown(place: str, word: str, kind: str, known: Mapping[str, object]) -> Finding:
    if kind == "letter":
        what = Sentence(
            "Expected a letter of this policy, but there is none called {letter}.",
            {"letter": word},
        )
    else:
        what = Sentence(
            "Expected a form of this policy, but there is none called {form}.",
            {"form": word},
        )
    return Finding(POLICY, place, f"{kind}-unknown", what, did_you_mean(word, known))


def _start(parts: Parts, start: Start, place: str) -> Iterator[Finding]:
    assert parts.settings is not None
    if parts.settings.public is None:
        yield Finding(
            POLICY,
            f"{place}.by",
            "public-missing",
            Sentence("Expected a section [public], since the public starts this."),
            Sentence("Add [public] with what customers are told."),
        )
    process = parts.processes.get(start.process)
    if process is None:
        return  # Told by the check of who starts what.
    form_id = next((each.form_id for each in process.starts if each.kind == "none"), None)
    form = parts.forms.get(form_id or "")
    if form_id is None:
        yield Finding(
            process.file,
            process.id,
            "public-form",
            Sentence(
                "Expected the start event to have a form, since the public starts this."
            ),
            Sentence("Choose the form that customers fill in."),
        )
    elif form is not None:
        yield from _nothing_inside(form)


def _nothing_inside(form: Form) -> Iterator[Finding]:
    if INSIDE in form.reads:
        yield Finding(
            f"forms/{form.id}.form",
            None,
            "public-directory",
            Sentence(
                "Expected a form for the public to read nothing about people inside, but "
                "it reads {name}.",
                {"name": INSIDE},
            ),
            Sentence("Write the choices out, or ask for it later on a task of staff."),
        )


def _element(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    told = element.properties.get("public")
    asks = element.kind == "userTask" and CUSTOMER in literal_words(
        element.assignment.groups
    )
    open_to_public = parts.settings is not None and parts.settings.public is not None
    if (told is not None or asks) and not open_to_public:
        yield finding_at(
            element,
            "public-missing",
            Sentence("Expected a section [public], since this is for the customer."),
            Sentence("Add [public] to policy.toml, or leave the customer out here."),
        )
    if told is not None:
        try:
            parse_template(told)
        except FeelError as error:
            yield finding_at(element, "feel-syntax", error.sentence, CHECK_EXPRESSION)
    if told is not None and not 0 < len(told.strip()) <= _MOST_TOLD:
        yield finding_at(
            element,
            "public-text",
            Sentence(
                "Expected a text of at most {limit} characters for the customer.",
                {"limit": _MOST_TOLD},
            ),
            Sentence("Say in one line what the customer shall know of this step."),
        )
    if asks and element.properties.get("signed") == "yes":
        yield finding_at(
            element,
            "public-signed",
            Sentence(
                "Expected a task that the customer can do, but it has to be signed with a"
                " password, which customers do not have."
            ),
            Sentence("Take the property signed out, or let a role of staff do it alone."),
        )
    form = parts.forms.get(element.form_id or "")
    if asks and form is None and element.form_id is None:
        yield finding_at(
            element,
            "public-form",
            Sentence("Expected a form, since the customer fills it in."),
            Sentence("Choose the form of the task."),
        )
    elif asks and form is not None:
        yield from _nothing_inside(form)
