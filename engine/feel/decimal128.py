"""The arithmetic of FEEL's numbers: IEEE 754 decimal128 (DMN 10.3.2.3.1)."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

DECIMAL128 = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emax=6144,
    Emin=-6143,
    traps=[InvalidOperation, Overflow, DivisionByZero],
)
