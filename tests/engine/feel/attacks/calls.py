"""Functions that call themselves or each other."""

CALLS = {
    "endless recursion": ("{f: function(n) f(n + 1), r: f(0)}.r", "depth"),
    "two that call each other": ("{f: function(g, n) g(g, n + 1), r: f(f, 0)}.r", "depth"),
    "a function that calls what it is given": ("{w: function(x) x(x), r: w(w)}.r", "depth"),
    "a fixed point": ("(function(f) f(f))(function(f) (function(g) g(g))(f))", "depth"),
    "calls that double": (
        "{f: function(n) if n = 0 then 0 else f(n - 1) + f(n - 1), r: f(50)}.r",
        "seconds",
    ),
    "the function of Ackermann": (
        "{a: function(m, n) if m = 0 then n + 1 else if n = 0 then a(m - 1, 1)"
        " else a(m - 1, a(m, n - 1)), r: a(4, 4)}.r",
        "depth",
    ),
    "a function that returns functions": (
        "{f: function(n) function(m) f(m)(n), r: f(1)(2)(3)}.r",
        "depth",
    ),
    "recursion in a filter": ("{f: function(l) l[count(f(l)) > 0], r: f([1])}.r", "depth"),
    "recursion in a loop": (
        "{f: function(n) for i in 1..9 return f(n + 1), r: f(0)}.r",
        "depth",
    ),
    "recursion in a context": ("{f: function(n) {a: f(n)}.a, r: f(0)}.r", "depth"),
    "recursion by name": ("{f: function(n) f(n: n + 1), r: f(n: 0)}.r", "depth"),
    "recursion in a replacement": (
        "{f: function(a, b) count(list replace([1], f, 2)) > 0, r: f(1, 2)}.r",
        "depth",
    ),
    "functions nested in functions": ("function(a) " * 80 + "1", "= function(a)"),
    "calls nested in calls": ("abs(" * 85 + "1" + ")" * 85, "= 1"),
    "a call with many arguments": ("count([" + ",".join(["1"] * 9000) + "])", "= 9000"),
    "a sum of many arguments": ("sum(" + ",".join(["1"] * 9000) + ")", "= 9000"),
}
