"""Loops without end, and loops in loops."""

LOOPS = {
    "a huge loop": ("count(for i in 1..1000000000 return i)", "steps"),
    "a range beyond counting": ("for i in 1..10**29 return i", "steps"),
    "a range to the largest number": ("count(for i in 1..9e6144 return i)", "steps"),
    "a range down to the least": ("for i in 1..-9e6144 return i", "steps"),
    "two huge ranges": ("count(for i in 1..100000, j in 1..100000 return 1)", "steps"),
    "six nested ranges": (
        "for a in 1..99, b in 1..99, c in 1..99, d in 1..99, e in 1..99, f in 1..99 "
        "return null",
        "steps",
    ),
    "loops in loops": (
        "for a in 1..999 return for b in 1..999 return for c in 1..999 return c",
        "steps",
    ),
    "a search of all numbers": ("some x in 1..1000000000 satisfies x < 0", "steps"),
    "a proof by all numbers": ("every x in 1..1000000000 satisfies x > 0", "steps"),
    "a search through a product": (
        "some a in 1..3000, b in 1..3000, c in 1..3000 satisfies a + b + c < 0",
        "steps",
    ),
    "all days": ('for d in @"0001-01-01"..@"999999999-12-31" return d', "steps"),
    "filters in filters": (
        "(for i in 1..3000 return i)[count((for j in 1..3000 return j)[item > 1]) > 9]",
        "steps",
    ),
    "a filter of a filter of a filter": (
        "{l: for i in 1..2000 return i, r: l[count(l[count(l[item > 1]) > 1]) > 1]}.r",
        "steps",
    ),
    "a loop with a long body": (
        "for i in 1..100000 return [" + ",".join(["[]"] * 4000) + "]",
        "memory",
    ),
    "a loop with a long sum": (
        "for i in 1..500000 return " + "+".join(["i"] * 150),
        "steps",
    ),
    "partial results kept": ("for i in 1..5000 return partial", "steps"),
    "partial results counted": ("for i in 1..100000 return count(partial)", "steps"),
    "a range within limits": ("count(for i in 1..10000 return i)", "= 10000"),
}
