"""What several attacks are made of."""

NO_FEEL = "no feel"
#: 40 times a list of twice the last: small in memory, endless when it is written out.
SHARED = "(for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]"
SHARED_CONTEXT = (
    "(for i in 1..40 return if i = 1 then {a: 1} else {a: partial[-1], b: partial[-1]})[-1]"
)
DEEP = "(for i in 1..1000 return [partial[-1]])[-1]"
DEEP_CONTEXT = "(for i in 1..1000 return {a: partial[-1]})[-1]"


def text_of(length: int, piece: str = "0123456789") -> str:
    """Return an expression for a text of about *length* characters."""
    doublings = max((length // len(piece)).bit_length(), 1)
    return (
        f'(for i in 1..{doublings} return if i = 1 then "{piece}"'
        " else partial[-1] + partial[-1])[-1]"
    )


def with_text(length: int, body: str) -> str:
    """Return *body*, in which ``t`` and ``u`` are two equal texts of *length*."""
    return f"{{t: {text_of(length)}, u: {text_of(length)}, r: {body}}}.r"
