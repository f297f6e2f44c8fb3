"""Texts that grow, and long texts that are looked through again and again."""

from tests.engine.feel.attacks.pieces import text_of, with_text

TEXTS = {
    "a doubling text": (
        'for i in 1..60 return if i = 1 then "xxxxxxxx" else partial[-1] + partial[-1]',
        "size",
    ),
    "a doubling join": (
        'for i in 1..60 return if i = 1 then "xxxxxxxx"'
        ' else string join([partial[-1], partial[-1]], "-")',
        "size",
    ),
    "many long texts": (
        with_text(600_000, "for i in 1..10000 return t + string(i)"),
        "memory",
    ),
    "many long texts of a list": (
        with_text(500_000, "for i in 1..10000 return string([t, i])"),
        "steps",
    ),
    "capitals of long texts": (
        with_text(600_000, "for i in 1..10000 return upper case(t)"),
        "memory",
    ),
    "capitals that grow": (
        "upper case(" + text_of(900_000, "\u0390\u0390\u0390\u0390") + ")",
        "size",
    ),
    "parts of long texts": (
        with_text(600_000, "for i in 1..10000 return substring(t, i)"),
        "memory",
    ),
    "trimmed long texts": (
        with_text(600_000, 'for i in 1..10000 return trim(" " + t)'),
        "memory",
    ),
    "comparing long texts": (
        with_text(600_000, "for i in 1..100000 return t = u"),
        "steps",
    ),
    "comparing long texts in one go": (
        with_text(
            600_000,
            "for i in 1..100000 return " + " and ".join(["t <= u"] * 1500),
        ),
        "steps",
    ),
    "equality of long texts in one go": (
        with_text(
            600_000,
            "for i in 1..100000 return " + " and ".join(["t = u"] * 1500),
        ),
        "steps",
    ),
    "searching long texts": (
        with_text(600_000, 'for i in 1..100000 return contains(t, "x")'),
        "steps",
    ),
    "searching for a long text": (
        with_text(600_000, 'for i in 1..100000 return contains(t + "x", substring(u, 9))'),
        "steps",
    ),
    "the greatest of long texts": (
        with_text(600_000, "max(for i in 1..100000 return if odd(i) then t else u)"),
        "steps",
    ),
    "long texts in a list": (
        with_text(
            600_000,
            'list contains(for i in 1..100000 return if odd(i) then t else u, "x" + t)',
        ),
        "steps",
    ),
    "distinct long texts": (
        with_text(
            600_000,
            "distinct values(for i in 1..100000 return if odd(i) then t else u)",
        ),
        "steps",
    ),
    "a long text cut into letters": (with_text(100_000, 'count(split(t, ""))'), "= 1"),
    "a long text cut at letters": (with_text(900_000, 'count(split(t, "5"))'), "= 65537"),
    "a long text cut to pieces": (with_text(900_000, 'split(t, ".")'), "steps"),
    "joining the same long text": (
        with_text(500_000, "string join(for i in 1..1000 return t)"),
        "size",
    ),
    "joining by a long text": (
        with_text(500_000, "string join(for i in 1..1000 return string(i), t)"),
        "size",
    ),
    "a text of many texts": (
        with_text(200_000, "string(for i in 1..9000 return t)"),
        "steps",
    ),
    "a context of long texts": (
        with_text(300_000, 'string({"' + '": t, "'.join("abcdefgh") + '": t})'),
        "size",
    ),
    "a date of a long text": (with_text(900_000, "date(t)"), "= null"),
    "a duration of a long text": (with_text(900_000, 'duration("P" + t + "D")'), "= null"),
    "a key of a long text": (with_text(900_000, "get value({a: 1}, t)"), "= null"),
    "a range of a long text": (with_text(900_000, "range(t)"), "size"),
    "a range of a deep text": ('range("[' + "(" * 5000 + '1..2]")', "depth"),
    "a zone of a long text": (
        with_text(900_000, 'date and time(date and time("2020-01-01T00:00:00"), t)'),
        "= null",
    ),
    "half of a surrogate pair": (
        'string length("\\uD83D") + string length("\\uDE00")',
        "= 2",
    ),
    "a character beyond Unicode": ('"\\UFFFFFF"', '= "�"'),
    "marks upon marks": (
        'string length(upper case("' + "a" + "\u0301" * 9000 + '"))',
        "= 9001",
    ),
    "text that runs right to left": (
        'string length("\u202e\u202d' + "\u0627" * 500 + '")',
        "= 502",
    ),
    "the letter that grows": (
        'string length(lower case("' + "\u0130" * 9000 + '"))',
        "= 18000",
    ),
    "a null character": ('"a\\u0000b" = "a"', "= false"),
}
