import pytest

from engine.commands.tasks.lifecycle import SaveDraft
from engine.model import Conflict, InvalidValues, NotAllowed, NotFound, TaskId
from engine.store.models import Draft, JournalLine
from tests.engine.commands.knowing import rows


def test_it_keeps_what_was_typed_valid_or_not(deployed, who, investigate):
    typed = {"findings": ["密"], "fault": ["aliens"]}

    deployed.run(SaveDraft(typed, investigate), by=who("lin"))

    [draft] = rows(deployed, Draft)
    assert (draft.login, draft.place, draft.fields) == ("lin", f"task:{investigate}", typed)


def test_it_takes_the_place_of_the_one_before(deployed, who, investigate):
    for typed in ("密", "密封圈"):
        deployed.run(SaveDraft({"findings": typed}, investigate), by=who("lin"))

    [draft] = rows(deployed, Draft)
    assert draft.fields == {"findings": "密封圈"}


def test_it_keeps_a_start_form_too(deployed, who):
    deployed.run(SaveDraft({"subject": "水"}, start="minimal/complaint"), by=who("lin"))

    assert rows(deployed, Draft)[0].place == "start:minimal/complaint"


def test_it_stays_out_of_the_journal(deployed, who, investigate):
    deployed.run(SaveDraft({"findings": "密封圈破损"}, investigate), by=who("lin"))

    assert "密封圈" not in rows(deployed, JournalLine)[-1].body


def test_it_refuses_those_it_is_not_offered_to(deployed, who, investigate):
    with pytest.raises(NotAllowed):
        deployed.run(SaveDraft({}, investigate), by=who("zhao"))


def test_it_refuses_what_is_completed(deployed, who, investigate, approve):
    with pytest.raises(Conflict):
        deployed.run(SaveDraft({}, investigate), by=who("lin"))


def test_it_refuses_an_unknown_task_and_no_place_at_all(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(SaveDraft({}, TaskId(99)), by=who("lin"))
    with pytest.raises(InvalidValues):
        deployed.run(SaveDraft({}), by=who("lin"))


def test_nobody_keeps_a_draft_of_a_start_that_is_not_theirs(deployed, who):
    command = SaveDraft({"subject": "水"}, start="minimal/complaint")

    with pytest.raises(NotAllowed, match="one of the roles"):
        deployed.run(command, by=who("wu"))


def test_there_is_no_draft_of_a_start_that_is_not_there(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(SaveDraft({}, start="minimal/nothing"), by=who("lin"))
