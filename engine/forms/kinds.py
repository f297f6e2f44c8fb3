"""The component types of Camunda Forms that are carried out, and the settings of each."""

FIELD = {"key", "disabled", "readonly", "defaultValue", "validate.required"}
TEXT = {
    *("validate.minLength", "validate.maxLength", "validate.pattern"),
    *("validate.patternErrorMessage", "validate.validationType"),
}
ADORNED = {"appearance.prefixAdorner", "appearance.suffixAdorner"}
OPTIONS = {"values", "valuesKey", "valuesExpression"}
COMMON = {
    *("id", "type", "label", "description", "properties", "conditional.hide"),
    *("layout.row", "layout.columns"),
}

#: Inputs and the settings that each has besides the common ones.
INPUT_SETTINGS: dict[str, set[str]] = {
    "textfield": FIELD | TEXT | ADORNED,
    "textarea": FIELD | TEXT,
    "number": FIELD
    | ADORNED
    | {"decimalDigits", "increment", "serializeToString", "validate.min", "validate.max"},
    "datetime": FIELD
    | {"subtype", "dateLabel", "timeLabel", "timeInterval", "use24h"}
    | {"timeSerializingFormat", "disallowPassedDates"},
    "select": FIELD | OPTIONS | {"searchable"},
    "radio": FIELD | OPTIONS,
    "checkbox": FIELD,
    "checklist": FIELD | OPTIONS,
    "taglist": FIELD | OPTIONS,
    "filepicker": FIELD | {"accept", "multiple"},
}
CONTAINER_SETTINGS: dict[str, set[str]] = {
    "group": {"path", "showOutline", "verticalAlignment", "components"},
    "dynamiclist": {
        *("path", "showOutline", "verticalAlignment", "components", "isRepeating"),
        *("allowAddRemove", "defaultRepetitions", "disableCollapse", "nonCollapsedItems"),
    },
}
SHOWN_SETTINGS: dict[str, set[str]] = {
    "text": {"text"},
    "separator": set(),
    "spacer": {"height"},
    "image": {"source", "alt"},
    "table": {"dataSource", "columns", "columnsExpression", "rowCount"},
    "button": {"action", "disabled"},
    "expression": {"key", "expression", "computeOn"},
}
SETTINGS: dict[str, set[str]] = {**INPUT_SETTINGS, **CONTAINER_SETTINGS, **SHOWN_SETTINGS}

#: Settings that may be a FEEL expression, written with a leading "=".
FORMULAS = {
    *("label", "description", "conditional.hide", "readonly", "valuesExpression"),
    *("validate.required", "validate.min", "validate.max", "validate.minLength"),
    *("validate.maxLength", "source", "alt", "dataSource", "columnsExpression"),
    *("expression", "accept", "multiple", "text", *ADORNED, "dateLabel", "timeLabel"),
}
#: Settings whose text may hold ``{{ expression }}``.
TEMPLATES = {"label", "description", "alt", "text", "dateLabel", "timeLabel", *ADORNED}
#: Settings that are read as an expression in any case.
EXPRESSIONS = {"conditional.hide", "valuesExpression", "expression", "columnsExpression"}
#: What people read, and may be given in another language as ``label@en``.
SPOKEN = {"label", "description", "text", "alt", "dateLabel", "timeLabel"}
