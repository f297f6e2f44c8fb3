"""What customers answered to the survey after their case."""

from sqlalchemy import select

from engine.model import Variables
from engine.store.models import Submission, SurveyAnswer
from engine.store.reading import Reading


def survey_of(reading: Reading, case_id: int) -> Variables | None:
    """Return the values of a case's survey; None where there are none, or no more."""
    return reading.session.scalar(
        select(Submission.values)
        .join(SurveyAnswer, SurveyAnswer.submission_id == Submission.id)
        .where(SurveyAnswer.case_id == case_id)
    )


def answer_to_survey(reading: Reading, case_id: int) -> SurveyAnswer | None:
    """Return that the customer of a case answered, if they did."""
    return reading.session.get(SurveyAnswer, case_id)
