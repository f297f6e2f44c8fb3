"""What the product-quality policy promises beyond what holds for every policy."""

from engine.forms import FormContext
from engine.model import Json
from tests.policies.shipped import NOON, Shipped, task_template

QUALITY = Shipped("product-quality")
DIRECTORY = {
    "units": [
        {"key": "east", "name": "华东区", "kind": "region", "parent": None},
        {"key": "south", "name": "华南区", "kind": "region", "parent": None},
        {"key": "shanghai", "name": "上海营业所", "kind": "branch", "parent": "east"},
        {"key": "canton", "name": "广州营业所", "kind": "branch", "parent": "south"},
    ],
    "people": [
        {
            "login": "lin",
            "name": "林",
            "roles": [{"role": "branch-clerk", "unit": "shanghai"}],
        },
        {
            "login": "zhao",
            "name": "赵",
            "roles": [{"role": "regional-manager", "unit": "east"}],
        },
        {
            "login": "wu",
            "name": "吴",
            "roles": [{"role": "marketing-director", "unit": None}],
        },
    ],
}
REGISTRAR = {"login": "lin", "name": "林", "unit": "shanghai", "parent": "east"}
REGISTERED: dict[str, Json] = {
    "customerName": "演示·客户",
    "customerPhone": "13800000000",
    "region": "east",
    "branch": "shanghai",
    "channel": "phone",
    "receivedAt": "2026-03-02T09:00:00+08:00",
    "concern": "business-policy",
    "urgency": "normal",
    "subject": "返利未兑现",
    "details": "二月的返利至今没有到账。",
    "trueReason": "到账时间没有说清。",
    "policyConcerned": "二月促销",
    "readBack": True,
    "readBackTo": "演示·客户",
    "readBackAt": "2026-03-02T09:05:00+08:00",
}


def context(**variables: Json) -> FormContext:
    known = {"directory": DIRECTORY, "registrar": REGISTRAR, **variables}
    return FormContext(known, NOON)


def faults(form: str, values: dict[str, Json]) -> set[str]:
    return set(QUALITY.policy.forms[form].validate(values, context()))


def test_the_template_offers_every_role_of_the_policy() -> None:
    (roles,) = [
        each["choices"]
        for each in task_template("product-quality")["properties"]
        if each["binding"].get("property") == "candidateGroups"
    ]

    assert [role["value"] for role in roles] == list(QUALITY.policy.roles)


def test_a_complaint_is_not_registered_without_reading_it_back() -> None:
    assert not faults("register-complaint", REGISTERED)
    assert faults("register-complaint", REGISTERED | {"readBack": False}) == {"readBack"}
    assert faults("register-complaint", REGISTERED | {"readBackTo": ""}) == {"readBackTo"}
    assert faults("register-complaint", REGISTERED | {"readBackAt": None}) == {"readBackAt"}


def test_the_branch_must_lie_in_the_region_of_the_customer() -> None:
    elsewhere = REGISTERED | {"branch": "canton"}

    assert faults("register-complaint", elsewhere) == {"branch"}


def test_a_quality_complaint_needs_what_the_clause_names() -> None:
    found = faults("register-complaint", REGISTERED | {"concern": "product-quality"})

    dates = {"orderedOn", "shippedOn", "deliveredOn"}
    assert found >= {"productModel", "batchNumber", "faultDetails", *dates}
    assert "customerAddress" in found  # Where the regional manager goes to.


def test_a_complaint_about_staff_names_the_person_and_keeps_that_one_away() -> None:
    values = REGISTERED | {"concern": "staff-attitude"}

    assert faults("register-complaint", values) >= {"personComplainedOf"}
    assert QUALITY.policy.settings.excluded is not None


def test_the_post_of_the_person_complained_of_is_looked_up_not_asked() -> None:
    form = QUALITY.policy.forms["register-complaint"]
    about = REGISTERED | {"concern": "staff-attitude", "personComplainedOf": "zhao"}

    assert form.submission(about, context())["complainedRole"] == "regional-manager"
    about["personComplainedOf"] = "wu"
    assert form.submission(about, context())["complainedRole"] == "other"


def test_nobody_registers_a_complaint_about_oneself() -> None:
    about = REGISTERED | {"concern": "staff-attitude", "personComplainedOf": "lin"}

    assert faults("register-complaint", about) == {"personComplainedOf"}


def test_a_person_who_is_in_no_list_is_described() -> None:
    about = REGISTERED | {"concern": "staff-attitude", "personComplainedOf": "-"}

    assert faults("register-complaint", about) == {"complainedName"}
    assert not faults("register-complaint", about | {"complainedName": "安装师傅"})


def test_region_and_branch_are_those_of_who_registers() -> None:
    form = QUALITY.policy.forms["register-complaint"]
    entered = {k: v for k, v in REGISTERED.items() if k not in ("region", "branch")}

    found = form.submission(entered, context())

    assert (found["region"], found["branch"]) == ("east", "shanghai")


def test_a_manager_who_registers_presets_the_region_alone() -> None:
    form = QUALITY.policy.forms["register-complaint"]
    manager = {"login": "zhao", "name": "赵", "unit": "east", "parent": None}

    found = form.submission({}, context(registrar=manager))

    assert (found["region"], found["branch"]) == ("east", None)


def test_the_superior_is_chosen_among_those_who_lead_but_the_person() -> None:
    review = {"conductReview": "情况属实。", "visitedOn": "2026-03-02"}
    form = QUALITY.policy.forms["conduct-review"]
    about = context(personComplainedOf="zhao")

    wrong = {
        login: set(form.validate(review | {"superior": login}, about))
        for login in ("lin", "zhao", "wu")
    }

    assert wrong == {"lin": {"superior"}, "zhao": {"superior"}, "wu": set()}


def test_the_visit_is_due_within_three_working_hours_and_reminded_of_at_two() -> None:
    visit = QUALITY.element("go-on-site")

    assert visit.properties["deadline"] == "3 working hours"
    assert visit.properties["warn"] == "2 working hours"
    assert visit.lane == "区域经理"


def test_a_time_agreed_with_the_customer_replaces_the_deadline() -> None:
    visit = QUALITY.element("go-on-site-as-agreed")

    assert visit.schedule.due is not None
    assert visit.schedule.due.source == "=agreedVisitAt"
    assert not {"deadline", "warn"} & visit.properties.keys()


def test_a_returned_approval_needs_a_reason() -> None:
    assert "submissionReason" in faults(
        "approve-submission", {"submissionDecision": "return"}
    )
