"""Lists and contexts that are large, deep, or large only when they are written out."""

from tests.engine.feel.attacks.pieces import DEEP, DEEP_CONTEXT, SHARED, SHARED_CONTEXT

LISTS = {
    "a doubling list": (
        "for i in 1..60 return if i = 1 then [1]"
        " else concatenate(partial[-1], partial[-1])",
        "steps",
    ),
    "a doubling union": (
        "for i in 1..60 return if i = 1 then [[1]] else union(partial[-1], [partial])",
        "size",
    ),
    "a list appended to": (
        "for i in 1..100000 return if i = 1 then [1] else append(partial[-1], i)",
        "steps",
    ),
    "a list inserted into": (
        "for i in 1..100000 return if i = 1 then [1] else insert before(partial[-1], 1, i)",
        "steps",
    ),
    "the text of shared lists": (f"string({SHARED})", "steps"),
    "the equality of shared lists": (f"{SHARED} = {SHARED}", "steps"),
    "the equality of shared contexts": (f"{SHARED_CONTEXT} = {SHARED_CONTEXT}", "steps"),
    "the text of shared contexts": (f"string({SHARED_CONTEXT})", "steps"),
    "shared lists as JSON": (SHARED, "size"),
    "shared contexts as JSON": (SHARED_CONTEXT, "size"),
    "a flat list of shared lists": (f"flatten({SHARED})", "steps"),
    "members of shared lists": (f"{SHARED}.a", "steps"),
    "the type of shared lists": (
        f"{SHARED} instance of list<list<list<list<Any>>>>",
        "= true",
    ),
    "whether it is in shared lists": (f"list contains([{SHARED}], {SHARED})", "steps"),
    "shared lists made distinct": (f"distinct values([{SHARED}, {SHARED}])", "steps"),
    "the text of a deep list": (f"string({DEEP})", "depth"),
    "the equality of deep lists": (f"{DEEP} = {DEEP}", "depth"),
    "the flat list of a deep list": (f"flatten({DEEP})", "depth"),
    "members of a deep list": (f"{DEEP}.a", "depth"),
    "a deep list as JSON": (DEEP, "depth"),
    "a deep context as JSON": (DEEP_CONTEXT, "depth"),
    "the text of a deep context": (f"string({DEEP_CONTEXT})", "depth"),
    "a long path of keys": ('context put({}, for i in 1..50000 return "a", 1)', "= null"),
    "a long path of keys into a deep context": (
        "context put((for i in 1..400 return {a: partial[-1]})[-1],"
        ' for i in 1..50000 return "a", 1)',
        "= null",
    ),
    "a context put together": (
        "for i in 1..100000 return if i = 1 then {} else"
        ' context put(partial[-1], "k" + string(i), i)',
        "steps",
    ),
    "contexts merged": (
        "for i in 1..60 return if i = 1 then {a: 1} else context merge(for j in 1..9999"
        " return partial[-1])",
        "steps",
    ),
    "entries of entries": (
        "for i in 1..100000 return get entries({a: i, b: i, c: i, d: i})",
        "steps",
    ),
    "many contexts": ("for i in 1..400000 return {a: i, b: {c: {d: {e: i}}}}", "steps"),
    "many functions": ("for i in 1..400000 return function(x) x + i", "steps"),
    "many ranges": ("for i in 1..400000 return [i..i + 1]", "steps"),
    "many moments": (
        'for i in 1..400000 return @"2020-01-01T00:00:00@Asia/Shanghai" + duration("PT1S")',
        "steps",
    ),
    "duplicates of many contexts": (
        "duplicate values(for i in 1..20000 return {a: i})",
        "steps",
    ),
    "distinct among many lists": ("distinct values(for i in 1..20000 return [i])", "steps"),
    "the index of each": (
        "{l: for i in 1..5000 return i, r: for i in l return index of(l, i)}.r",
        "steps",
    ),
    "a list cut into many": ("count(partition(for i in 1..50000 return i, 1))", "= 50000"),
    "a list cut again and again": (
        "{l: for i in 1..50000 return i, r: for i in l return partition(l, 1)}.r",
        "steps",
    ),
    "a list reversed again and again": (
        "{l: for i in 1..50000 return i, r: for i in l return reverse(l)}.r",
        "steps",
    ),
    "the rest of a list, each time": (
        "{l: for i in 1..50000 return i, r: for i in l return sublist(l, i)}.r",
        "steps",
    ),
    "a sort that contradicts itself": (
        "sort([1, 2, 3], function(a, b) true)",
        "= [3, 2, 1]",
    ),
    "a long sort that contradicts itself": (
        "sort(for i in 1..100000 return i, function(a, b) true)",
        "steps",
    ),
    "a sort that sorts": (
        "sort(for i in 1..300 return i, function(a, b) count(sort(for i in 1..300 return i,"
        " function(c, d) c > d)) > 1)",
        "steps",
    ),
    "a sort that calls itself": (
        "{f: function(l) sort(l, function(a, b) count(f(l)) > a), r: f([1, 2])}.r",
        "depth",
    ),
    "a median of many": ("median(for i in 1..50000 return -i)", "= -25000.5"),
    "the modes of many": ("count(mode(for i in 1..50000 return i))", "= 50000"),
    "a deviation of many": (
        "stddev(for i in 1..50000 return i * 1e3000) > 1e3000",
        "= true",
    ),
}
