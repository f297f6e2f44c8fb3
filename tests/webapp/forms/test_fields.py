"""Forms in pages: what is shown, and what comes back from a browser."""

from io import BytesIO

import pytest
from flask import Flask, render_template_string, request
from lxml import html

from engine.forms import Form
from engine.model import NotAllowed
from tests.engine.forms.build import KINDS, PAPER, PHOTO, a_form, around, field, required
from webapp.forms.fields import file_size, install, read_sent
from webapp.shell import speech

PAGE = '{% from "fields/form.html" import fields, record %}<main>{{ fields(view) }}</main>'
RECORD = '{% from "fields/form.html" import record %}<main>{{ record(view) }}</main>'

EVERYTHING = a_form(
    {"type": "text", "text": "请填写 {{ name }}"},
    required(
        "textfield",
        "name",
        label="姓名",
        description="全名",
        layout={"row": "r", "columns": 8},
    ),
    required(
        "number",
        "price",
        label="价格",
        appearance={"prefixAdorner": "¥"},
        layout={"row": "r"},
    ),
    field("textarea", "story", label="经过"),
    field("datetime", "day", label="", dateLabel="日期", subtype="date"),
    field("select", "kind", label="类别", values=KINDS),
    required("radio", "fault", label="责任", values=KINDS),
    field("radio", "mood", label="情绪", values=KINDS, description="可不填"),
    required("checklist", "proof", label="证据", values=KINDS),
    field("taglist", "tags", label="标签", values=KINDS),
    required("checkbox", "read_back", label="已复述"),
    required("filepicker", "photos", label="照片", accept="image/*", multiple=True),
    field("textfield", "fixed", label="编号", readonly=True),
    {"type": "separator"},
    {"type": "spacer"},
    {
        "type": "table",
        "label": "配件",
        "dataSource": "=parts",
        "columns": [{"key": "n", "label": "名"}],
    },
    {"type": "image", "source": "=photos", "alt": "现场"},
    {
        "type": "group",
        "label": "其他",
        "components": [field("textfield", "note", label="备注")],
    },
    {
        "type": "dynamiclist",
        "path": "witnesses",
        "label": "证人",
        "components": [required("textfield", "who", label="姓名")],
    },
    field("textfield", "why", label="原因", conditional={"hide": '=kind != "service"'}),
)


@pytest.fixture
def app() -> Flask:
    app = Flask("webapp")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    speech.install(app)

    def address(document, *, small=False):
        return f"/documents/{document['document']}" + ("/small" if small else "")

    install(app, address)
    return app


def shown(app: Flask, form: Form, values=None, errors=None, page=PAGE, **variables):
    view = form.layout(
        values or {}, errors or {}, around(**variables), reading=page == RECORD
    )
    with app.test_request_context():
        return html.fromstring(render_template_string(page, view=view))


def sent(app: Flask, form: Form, data, *, keep=None, known=None):
    with app.test_request_context(method="POST", data=data):
        return read_sent(
            form,
            request,
            keep=keep or (lambda upload: PHOTO | {"name": upload.filename}),
            known=known
            or (lambda numbers: [d for d in (PHOTO, PAPER) if d["document"] in numbers]),
        )


def test_every_field_has_a_label_or_a_legend(app):
    page = shown(app, EVERYTHING)

    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath("//*[self::input or self::select or self::textarea]"):
        if control.get("type") == "hidden":
            continue
        inside_label = control.xpath("ancestor::label")
        assert control.get("id") in labelled or inside_label, html.tostring(control)
    for fieldset in page.xpath("//fieldset"):
        assert fieldset.xpath("./legend")[0].text_content().strip()


def test_ids_are_unique_and_descriptions_exist(app):
    form = EVERYTHING
    errors = form.validate({}, around())

    page = shown(app, form, {}, errors)

    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for described in page.xpath("//@aria-describedby"):
        assert set(described.split()) <= set(ids)


def test_a_fault_is_said_at_its_field_and_in_the_summary(app):
    errors = EVERYTHING.validate({}, around())

    page = shown(app, EVERYTHING, {}, errors)

    name = page.get_element_by_id("f-name")
    assert name.get("aria-invalid") == "true"
    fault = page.get_element_by_id(name.get("aria-describedby").split()[0])
    assert fault.text_content() == "请填写此项。"
    targets = page.xpath('//*[@role="alert"]//a/@href')
    assert targets == [
        "#f-name",
        "#f-price",
        "#f-fault",
        "#f-proof",
        "#f-read_back",
        "#f-photos",
        "#f-witnesses-0-who",
    ]
    assert all(page.get_element_by_id(target[1:]) is not None for target in targets)


def test_required_fields_are_marked_for_eyes_and_for_readers(app):
    page = shown(app, EVERYTHING)

    assert page.get_element_by_id("f-name").get("required") is not None
    assert page.get_element_by_id("f-fault").get("aria-required") == "true"
    assert page.xpath('//label[@for="f-name"]//span[@aria-hidden]')[0].text == "*"


def test_there_is_neither_inline_style_nor_script(app):
    page = shown(app, EVERYTHING)

    assert (
        page.xpath("//@style | //script | //style | //@*[starts-with(name(), 'on')]") == []
    )


def test_what_was_typed_stands_in_the_fields_again(app):
    values = {
        "name": '<b>"张三"</b>',
        "price": "十元",
        "story": "\n第一行",
        "kind": "service",
        "fault": "quality",
        "proof": ["service"],
        "read_back": True,
        "photos": [PHOTO],
        "witnesses": [{"who": "甲"}, {"who": "乙"}],
    }

    page = shown(app, EVERYTHING, values)

    assert page.get_element_by_id("f-name").get("value") == '<b>"张三"</b>'
    assert page.get_element_by_id("f-price").get("value") == "十元"
    assert page.get_element_by_id("f-story").text.endswith("第一行")
    assert page.xpath('//select[@name="kind"]/option[@selected]/@value') == ["service"]
    assert page.xpath('//input[@name="fault" and @checked]/@value') == ["quality"]
    assert page.xpath('//input[@name="proof" and @checked]/@value') == ["service"]
    assert page.get_element_by_id("f-read_back").get("checked") is not None
    assert page.xpath('//input[@name="photos" and @type="hidden"]/@value') == ["", "7"]
    assert page.get_element_by_id("f-witnesses-1-who").get("value") == "乙"


def test_a_page_sent_back_as_it_is_gives_the_same_values(app):
    values = {
        "name": "张三",
        "price": 12,
        "story": "一\n二",
        "day": "2026-03-01",
        "kind": "quality",
        "fault": "service",
        "mood": None,
        "proof": ["quality", "service"],
        "tags": [],
        "read_back": True,
        "photos": [PHOTO],
        "note": None,
        "witnesses": [{"who": "甲"}, {"who": None}],
    }

    page = shown(app, EVERYTHING, values | {"why": "kept while hidden"})
    again = sent(app, EVERYTHING, posted(page))

    stored = EVERYTHING.submission(again.values, around())
    assert {name: stored[name] for name in values} == values
    assert again.values["why"] == "kept while hidden"
    assert not again.is_edit


def posted(page):
    """Return what a browser would send of the page's form."""
    names: dict[str, list[str]] = {}
    for control in page.xpath('//input[@type!="file"] | //textarea | //select'):
        kind = control.get("type")
        if kind in ("checkbox", "radio") and control.get("checked") is None:
            continue
        if control.tag == "select":
            value = (control.xpath("./option[@selected]/@value") or [""])[0]
        elif control.tag == "textarea":
            value = (control.text or "").removeprefix("\n").replace("\n", "\r\n")
        else:
            value = control.get("value", "on")
        names.setdefault(control.get("name"), []).append(value)
    return names


def test_rows_are_added_and_removed_without_scripts(app):
    two = {"witnesses.0.who": "甲", "witnesses.1.who": "乙"}

    added = sent(app, EVERYTHING, two | {"_add": "witnesses"})
    removed = sent(app, EVERYTHING, two | {"_remove": "witnesses.0"})

    assert added.is_edit
    assert added.values == {"witnesses": [{"who": "甲"}, {"who": "乙"}, {}]}
    assert removed.values == {"witnesses": [{"who": "乙"}]}
    page = shown(app, EVERYTHING, added.values)
    assert page.xpath('//button[@name="_remove"]/@value') == [
        "witnesses.0",
        "witnesses.1",
        "witnesses.2",
    ]


def test_the_button_that_enter_presses_changes_nothing(app):
    page = shown(app, EVERYTHING)

    first = page.xpath("//button")[0]
    edit = sent(app, EVERYTHING, {first.get("name"): first.get("value"), "name": "张三"})

    assert edit.is_edit
    assert edit.values == {"name": "张三"}


def test_uploads_are_kept_beside_those_already_there(app):
    data = {"photos": ["", "8", (BytesIO(b"x"), "新.jpg")]}

    arrived = sent(app, EVERYTHING, data)

    assert [each["name"] for each in arrived.values["photos"]] == ["报告.pdf", "新.jpg"]


def test_a_document_is_dropped_where_that_was_ticked(app):
    data = {"photos": ["", "7", "8"], "_drop": ["photos/7"]}

    assert sent(app, EVERYTHING, data).values["photos"] == [PAPER]


def test_a_document_that_is_not_ones_own_is_not_taken(app):
    arrived = sent(app, EVERYTHING, {"photos": ["", "7"]}, known=lambda numbers: [])

    assert arrived.values["photos"] == []


def test_a_refused_upload_is_an_error_of_its_field_and_the_others_stay(app):
    def keep(upload):
        if upload.filename == "空.jpg":
            raise NotAllowed("Expected a photo, but {name} is none.", name=upload.filename)
        return PHOTO

    data = {"photos": [(BytesIO(b""), "空.jpg"), (BytesIO(b"x"), "好.jpg")], "name": "张三"}
    arrived = sent(app, EVERYTHING, data, keep=keep)

    assert [str(each) for each in arrived.errors["photos"]] == [
        "Expected a photo, but 空.jpg is none."
    ]
    assert arrived.values == {"photos": [PHOTO], "name": "张三"}


def test_an_upload_for_no_file_field_is_not_kept(app):
    kept = []

    arrived = sent(app, EVERYTHING, {"name": (BytesIO(b"x"), "x.exe")}, keep=kept.append)

    assert kept == []
    assert arrived.values == {"name": ""}


def test_the_page_own_fields_are_not_the_forms(app):
    data = {"csrf_token": "t", "_command": "c", "_action": "complete", "name": "张三"}

    assert sent(app, EVERYTHING, data).values == {"name": "张三"}


def test_a_record_is_shown_in_words(app):
    values = {"name": "张三", "fault": "quality", "read_back": False, "photos": [PHOTO]}

    page = shown(app, EVERYTHING, values, page=RECORD)

    entries = {
        read.findtext("dt"): " ".join(read.find("dd").text_content().split())
        for read in page.xpath("//dl")
    }
    assert entries["姓名"] == "张三"
    assert entries["责任"] == "质量"
    assert entries["已复述"] == "否"
    assert page.xpath("//img/@src") == ["/documents/7/small"]
    assert page.xpath("//input | //button") == []


def test_sizes_are_said_as_people_read_them():
    sizes = [file_size({"size": size}) for size in (12, 4_300, 2_340_000)]

    assert sizes == ["12 B", "4 kB", "2.3 MB"]
