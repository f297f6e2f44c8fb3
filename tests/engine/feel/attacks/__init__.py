"""Expressions that try to make an evaluation long, large or deep.

Each has what must come of it: the budget that refuses it (steps, depth, seconds, size or
memory), ``NO_FEEL`` where it cannot be read, or a value, written behind ``= ``.
"""

from tests.engine.feel.attacks.calls import CALLS
from tests.engine.feel.attacks.lists import LISTS
from tests.engine.feel.attacks.loops import LOOPS
from tests.engine.feel.attacks.numbers import NUMBERS
from tests.engine.feel.attacks.patterns import PATTERNS
from tests.engine.feel.attacks.syntax import SYNTAX
from tests.engine.feel.attacks.texts import TEXTS
from tests.engine.feel.attacks.time import TIME

ATTACKS = {
    **LOOPS,
    **NUMBERS,
    **TEXTS,
    **PATTERNS,
    **LISTS,
    **CALLS,
    **SYNTAX,
    **TIME,
}
