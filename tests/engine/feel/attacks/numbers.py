"""Numbers beyond all bounds, and operations that take long."""

from tests.engine.feel.attacks.pieces import NO_FEEL, with_text

NUMBERS = {
    "a tower of powers": ("9.99 ** 999999 ** 9", "= null"),
    "a tower of nines": ("9**9**9**9**9", "= null"),
    "a large power": ("10 ** 999999999", "= null"),
    "the largest number squared": ("9.999999e6144 * 9.999999e6144", "= null"),
    "many powers": (
        "for i in 1..100000 return " + "+".join(["1.0000001**12345.6789"] * 150),
        "steps",
    ),
    "many exponents": ("for i in 1..100000 return exp(i / 7)", "seconds"),
    "many logarithms": ("for i in 1..100000 return log(i / 7)", "seconds"),
    "many roots": ("for i in 1..500000 return sqrt(i)", "steps"),
    "a large exponent": ("string length(string(exp(14000)))", "= 6081"),
    "too large an exponent": ("exp(1e6144)", "= null"),
    "the logarithm of the largest": (
        "log(9e6144)",
        "= 14149.28003593275290198932998805458",
    ),
    "the root of the least": ("sqrt(1e-6143) > 0", "= true"),
    "the text of a large number": ("string length(string(1e6000))", "= 6001"),
    "the texts of large numbers": (
        "for i in 1..100000 return string(1e6000 + i)",
        "memory",
    ),
    "a number of too many digits": ("1" * 19_000, NO_FEEL),
    "a number of many digits": ("1" * 6000 + " > 1e5999", "= true"),
    "a number read from a text": (with_text(900_000, "number(t)"), "= null"),
    "a number beyond all": ("1e999999999", NO_FEEL),
    "a text of a number beyond all": ('number("1e99999")', "= null"),
    "many decimals": ("decimal(1/3, 6000)", "= 0.3333333333333333333333333333333333"),
    "too many decimals": ("decimal(1/3, 999999999)", "= null"),
    "modulo of the largest by the least": ("modulo(9e6144, 7e-6143)", "= null"),
    "a product of many": ("product(for i in 1..50000 return i)", "= null"),
    "division by nothing": ("1 / 0 / 0", "= null"),
    "even, of the largest": ("even(9e6144)", "= true"),
    "an index beyond all": ("[1, 2][9e6144]", "= null"),
    "a sublist beyond all": ("sublist([1], 9e6144, 9e6144)", "= null"),
    "a substring beyond all": ('substring("a", -9e6144, 9e6144)', "= null"),
    "a number doubled": ("for i in 1..30000 return partial[-1] * 2", "steps"),
}
