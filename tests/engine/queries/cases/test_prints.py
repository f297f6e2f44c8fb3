"""Prints are filled in for those who see the case, once it has come so far."""

from dataclasses import replace

import pytest

from engine.commands.cases.lifecycle import CorrectVariable, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.commands.tasks.signing import Proof
from engine.model import InvalidState, NotAllowed, NotFound
from engine.policy import Bundle
from engine.queries.cases.file import CaseFile
from engine.queries.cases.prints import CasePrint
from engine.store.models import Signature
from tests.engine.commands.cases.test_attach_document import attach, reference
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.engine.commands.test_statements import counted

PRINT = """
title = "客户投诉处理单"
number = "= case.number"
copies = ["第一联 文员存", "第二联 主管存"]
keepers = ["clerk", "head"]
when = "= fault != null"
[[section]]
title = "一、投诉人"
fields = [
    { label = "客户", value = "= customerName" },
    { label = "营业所", value = "= branch" },
    { label = "原因", value = "= fault" },
    { label = "保修期内", value = "= withinWarranty" },
    { label = "调查情况", value = "= findings", wide = true },
    { label = "处理", value = "= remedy", labels = { replace = "换货" } },
]
[[section]]
text = "{{ customerName }}：**{{ fault }}**"
[[section]]
rows = '= [{ part: "泵", price: 3 }]'
row-fields = [{ label = "配件", value = "= part" }, { label = "价", value = "= price" }]
[[section]]
photos = "= photos"
[[section]]
signatures = ["investigate", "approve"]
"""


def with_print(bundle: Bundle) -> Bundle:
    """Return the small policy with a print, and photos of an investigation."""
    form = bundle.text("forms/investigate.form").replace(
        '"components": [',
        '"components": [{"id": "f-photos", "type": "filepicker", "key": "photos",'
        ' "label": "照片", "multiple": true},',
        1,
    )
    added = {
        "prints/handling.toml": PRINT.encode(),
        "forms/investigate.form": form.encode(),
    }
    return replace(bundle, files={**bundle.files, **added})


@pytest.fixture
def begun(engine, who, minimal):
    """A case that waits to be investigated, under a policy with a print."""
    engine.run(DeployBundle(with_print(with_signature(minimal))), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    return engine


@pytest.fixture
def investigated(begun, who):
    """The same case, investigated with a photo and signed."""
    photo = reference(begun, attach(begun, who("lin")))
    values = FOUND | {"photos": [photo]}
    task_id = waiting(begun, "investigate")
    begun.run(CompleteTask(task_id, values, Proof("", holds=True)), by=who("lin"))
    return begun


def printed(engine, actor, **how):
    return engine.ask(CasePrint(1, "handling", **how), by=actor)


def test_it_shows_values_in_the_words_of_the_forms(investigated, who):
    form = printed(investigated, who("lin"))

    fields, text, table, photos, _ = form.sections
    assert [[(cell.label, cell.text) for cell in row] for row in fields.rows] == [
        [("客户", "演示·客户"), ("营业所", "北区营业所")],
        [("原因", "质量问题"), ("保修期内", "否")],
        [("调查情况", "密封圈破损")],
        [("处理", "换货")],
    ]
    assert "<strong>质量问题</strong>" in text.html
    assert (table.head, table.body) == (("配件", "价"), (("泵", "3"),))
    assert [photo.name for photo in photos.photos] == ["照片.jpg"]
    assert form.number == form.case_number


def test_it_shows_who_signed_and_leaves_room_for_who_did_not(investigated, who, clock):
    *_, section = printed(investigated, who("lin")).sections

    first, second = section.signatures
    [signature] = rows(investigated, Signature)
    assert (first.label, first.name, first.at) == ("调查投诉", "林文员", clock.now())
    assert first.digest == signature.digest[:12]
    assert (second.label, second.name, second.at) == ("审批换货", "", None)


def test_what_is_done_without_a_signature_has_a_name_and_no_digest(investigated, who):
    approve = waiting(investigated, "approve")
    investigated.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))

    *_, section = printed(investigated, who("lin")).sections
    assert (section.signatures[1].name, section.signatures[1].digest) == ("赵主管", "")


def test_each_copy_names_its_keeper(investigated, who):
    for login, mine in (("lin", [True, False]), ("zhao", [False, True])):
        copies = printed(investigated, who(login)).copies

        assert [copy.note for copy in copies] == ["第一联 文员存", "第二联 主管存"]
        assert [copy.is_mine for copy in copies] == mine
    [second] = printed(investigated, who("zhao"), copy=2).copies
    assert second.number == 2


def test_it_is_refused_until_the_case_has_come_so_far(begun, who):
    with pytest.raises(InvalidState, match="come so far"):
        printed(begun, who("lin"))

    assert begun.ask(CaseFile(1), by=who("lin")).prints == ()


def test_the_case_offers_it_then(investigated, who):
    [offered] = investigated.ask(CaseFile(1), by=who("lin")).prints

    assert (offered.id, offered.title) == ("handling", "客户投诉处理单")


def test_it_is_for_those_who_see_the_case(investigated, who):
    for login in ("wu", "qian"):  # Nobody; and the head of the south, a keeper's role.
        with pytest.raises(NotAllowed):
            printed(investigated, who(login))


def test_unknown_prints_and_copies_are_not_found(investigated, who):
    with pytest.raises(NotFound):
        investigated.ask(CasePrint(1, "other"), by=who("lin"))
    with pytest.raises(NotFound):
        printed(investigated, who("lin"), copy=3)


def test_a_photo_of_another_case_is_not_shown(investigated, who):
    south = ENTERED | {"branch": "south"}
    investigated.run(StartCase("minimal", "complaint", south), by=who("lin"))
    foreign = reference(investigated, attach(investigated, who("lin"), case_id=2))
    investigated.run(CorrectVariable(1, {"photos": [foreign]}), by=who("root"))

    assert printed(investigated, who("root")).sections[3].photos
    assert printed(investigated, who("zhao")).sections[3].photos == ()


def test_many_photos_take_as_many_questions_as_one(investigated, who):
    root = who("root")
    photos = [
        reference(investigated, attach(investigated, root, case_id=1)) for _ in range(5)
    ]
    with counted(investigated) as one:
        printed(investigated, root)

    investigated.run(CorrectVariable(1, {"photos": photos}), by=root)
    with counted(investigated) as five:
        form = printed(investigated, root)

    assert len(form.sections[3].photos) == 5
    assert len(five) <= len(one)
