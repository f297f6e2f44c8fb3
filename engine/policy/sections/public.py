"""What policy.toml says of the public: what customers enter, are told and are asked."""

from dataclasses import dataclass

from engine.feel import Expression
from engine.policy.expressions import read_expression
from engine.policy.toml import Table

#: The candidate group of tasks that wait for the customer; no role may be called so.
CUSTOMER = "customer"
#: What letters read to name the page where the customer follows the complaint.
LINK = "trackingLink"
_SURVEY_DAYS = 30


@dataclass(frozen=True, slots=True)
class Public:
    """How a policy deals with customers who have no login."""

    intro: str  #: Markdown above the form.
    acknowledge: str | None  #: The letter that says that a complaint has come.
    email: Expression | None  #: Gives the address that letters to the customer go to.
    survey: str | None  #: The form that is offered once the case is closed.
    survey_days: int  #: So many days after the case closed.
    survey_letter: str | None  #: The letter that asks for it.
    clauses: tuple[str, ...]


def read_public(top: Table) -> Public | None:
    """Return what ``[public]`` says; None where there is no such section."""
    table = top.table("public")
    if "public" not in top:
        return None
    public = Public(
        intro=table.text("intro"),
        acknowledge=table.text("acknowledge") or None,
        email=read_expression(table, "email"),
        survey=table.text("survey") or None,
        survey_days=table.whole("survey-days", _SURVEY_DAYS, least=1, most=366),
        survey_letter=table.text("survey-letter") or None,
        clauses=table.texts("clauses"),
    )
    for key in ("survey-days", "survey-letter"):
        if key in table and public.survey is None:
            table.missing("survey")
    if "survey-letter" in table and public.email is None:
        table.missing("email")
    table.close()
    return public
