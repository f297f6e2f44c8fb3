"""The vendors whose vocabulary descends from Activiti's, and what in it changes nothing."""

from engine.bpmn.dialect.names import CAMUNDA

FLOWABLE = "http://flowable.org/bpmn"
ACTIVITI = "http://activiti.org/bpmn"
OPERATON = "http://operaton.org/schema/1.0/bpmn"
#: The prefix by which people know each namespace.
VENDORS = {
    CAMUNDA: "camunda",
    OPERATON: "operaton",
    FLOWABLE: "flowable",
    ACTIVITI: "activiti",
}
#: What Flowable's modeler notes for itself.
FLOWABLE_MODELER = "http://flowable.org/modeler"
#: Attributes that say how another engine saves, orders and keeps its work.
ENGINE_MATTERS = frozenset(
    {
        "async",
        "asyncAfter",
        "asyncBefore",
        "asyncLeave",
        "exclusive",
        "historyTimeToLive",
        "isStartableInTasklist",
        "jobPriority",
        "taskPriority",
        "versionTag",
    }
)
#: Which version another engine binds to; here a case keeps to its own deployment.
BINDINGS = frozenset({"calledElementBinding", "decisionRefBinding", "formRefBinding"})
#: What is so here in any case.
AS_HERE = frozenset({("formFieldValidation", "true"), ("calledElementType", "key")})
KEPT_BINDINGS = frozenset({"latest", "deployment"})


def prefixed(space: str, name: str) -> str:
    """Return *name* with the prefix of its vendor, else with its namespace."""
    return f"{VENDORS[space]}:{name}" if space in VENDORS else f"{{{space}}}{name}"
