"""Regular expressions that search for ever, or are large when they are compiled."""

from tests.engine.feel.attacks.pieces import with_text

PATTERNS = {
    "a slow pattern": ('matches("' + "a" * 40 + '!", "^(a|aa)+$")', "seconds"),
    "a slow replacement": ('replace("' + "a" * 40 + '!", "^(a|aa)+$", "x")', "seconds"),
    "a slow cut": ('split("' + "a" * 40 + '!", "^(a|aa)+$")', "seconds"),
    "nested repeats": ('matches("' + "a" * 50 + '!", "^((a+)+)+$")', "= false"),
    "three stars": ('matches("' + "a" * 2000 + '!", "a*a*a*a*a*a*a*b")', "= false"),
    "a pattern that looks back": (
        'matches("' + "a" * 60 + '!", "^(a*)*\\\\1b$")',
        "= false",
    ),
    "dots over a long text": (
        with_text(900_000, 'matches(t, "(.*)(.*)(.*)(.*)(.*)x")'),
        "= false",
    ),
    "choices over a long text": (
        with_text(900_000, 'matches(t, "^(0|1|2|3|4|5|6|7|8|9)*x$")'),
        "= false",
    ),
    "groups over a long text": (
        with_text(900_000, 'matches(t, "^((((((((.))))))))*x$")'),
        "= false",
    ),
    "a slow pattern in a loop": (
        'for i in 1..100000 return matches("' + "a" * 22 + '!", "^(a|aa)+$")',
        "seconds",
    ),
    "patterns that are never the same": (
        'for i in 1..100000 return matches("a", "[\\\\i\\\\c]{" + string(i) + "}\\\\w+")',
        "memory",
    ),
    "a pattern of classes": (
        'matches("a", "' + "\\\\p{L}\\\\i\\\\c\\\\w" * 60 + '")',
        "= false",
    ),
    "classes taken from classes": (
        'matches("a", "' + "[\\\\w-" * 100 + "[a]" + "]" * 100 + '")',
        "size",
    ),
    "a large pattern": ('matches("a", "(((a{1,1000}){1,1000}){1,1000})")', "size"),
    "a pattern of large counts": ('matches("a", "(a{99999}){99999}")', "size"),
    "a pattern counted beyond all": ('matches("a", "a{999999999999999999999}")', "size"),
    "a pattern nested deep": ('matches("a", "' + "(" * 480 + ")" * 480 + '")', "= null"),
    "a pattern of choices": ('matches("a", "' + "(a|b|c|d)?" * 99 + 'z")', "= false"),
    "a pattern too long": ('matches("a", "' + "a" * 5000 + '")', "= false"),
    "a pattern of a long text": (with_text(900_000, "matches(t, t)"), "size"),
    "code in a pattern": ('matches("a", "(?{1})(?R)(?1)(?i)")', "= null"),
    "a fuzzy pattern": ('matches("a", "(?:aaaaaaaa){e<=8}")', "= null"),
    "a replacement that multiplies": (with_text(900_000, 'replace(t, ".", t)'), "size"),
    "a replacement of many parts": (
        with_text(
            900_000, 'replace(t, "()0", replace(t, "0123456789", "\\$1\\$1\\$1\\$1\\$1"))'
        ),
        "steps",
    ),
    "a replacement that grows slowly": (
        with_text(900_000, 'replace(t, "[0-9]", "ab")'),
        "steps",
    ),
    "empty matches everywhere": (with_text(900_000, 'replace(t, "x*", "-")'), "steps"),
}
