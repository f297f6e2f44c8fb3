"""What a built-in function is: its name, what it takes, and Python that carries it out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.feel.errors import NoValue
from engine.feel.run import CONTEXT, ITEM, LIST, OBJECT, Run
from engine.feel.values.kinds import FeelFunction, FeelValue

Body = Callable[..., FeelValue]  #: Takes the run, and then the arguments.
CHARACTERS_A_STEP = 500  #: Of a text that is looked through.
ITEMS_A_STEP = 8  #: Of a list that is looked through.
POINTER = 8  #: Bytes of an item that a list shares with another.


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of one way to call a function; the last few may be left out."""

    names: tuple[str, ...]
    required: int
    single: frozenset[str]  #: Which parameters may be given no list by their name.

    @classmethod
    def parse(cls, text: str) -> "Signature":
        """Read ``"context, key!, length?"``: ``!`` takes no list, ``?`` is optional."""
        names = [name.strip() for name in text.split(",") if name.strip()]
        required = sum(1 for name in names if not name.endswith("?"))
        return cls(
            tuple(name.rstrip("?!") for name in names),
            required,
            frozenset(name.rstrip("!") for name in names if name.endswith("!")),
        )

    def fits(self, arguments: Mapping[str, FeelValue]) -> bool:
        """Tell whether the function may be called with *arguments* in this way."""
        return (
            arguments.keys() <= set(self.names)
            and all(name in arguments for name in self.names[: self.required])
            and not any(isinstance(arguments.get(name), list) for name in self.single)
        )


class BuiltIn(FeelFunction):
    """A function that is written in Python.

    Args:
        name: What expressions call it.
        signatures: The ways to call it.
        body: What it does.
        variadic: Whether it takes items one by one as well as in a list.
    """

    __slots__ = ("_body", "_counts", "_signatures", "_variadic", "name")

    def __init__(
        self, name: str, signatures: Sequence[Signature], body: Body, *, variadic: bool
    ) -> None:
        self.name, self._signatures, self._body = name, tuple(signatures), body
        self._variadic = variadic
        self._counts = frozenset(
            count
            for signature in signatures
            for count in range(signature.required, len(signature.names) + 1)
        )

    @property
    def parameters(self) -> Sequence[str]:
        """The names of the parameters of the first way to call it."""
        return self._signatures[0].names

    def invoke(self, arguments: Sequence[FeelValue], run: Run) -> FeelValue:
        """Call it by position."""
        if not self._variadic and len(arguments) not in self._counts:
            raise NoValue(
                "“{function}” takes {wanted} arguments, but got {given}.",
                function=self.name,
                wanted=" / ".join(str(count) for count in sorted(self._counts)),
                given=len(arguments),
            )
        _count_arguments(arguments, run)
        try:
            return _counted(self._body(run, *arguments), run)
        except NoValue as reason:
            raise NoValue(
                "“{function}” has no result: {reason}",
                function=self.name,
                reason=reason.sentence,
            ) from None
        except ArithmeticError:
            raise NoValue(
                "“{function}” has no result: the number is out of reach.",
                function=self.name,
            ) from None

    def invoke_named(self, arguments: Mapping[str, FeelValue], run: Run) -> FeelValue:
        """Call it by the names of its parameters."""
        for signature in self._signatures:
            if signature.fits(arguments):
                given = [
                    place for place, name in enumerate(signature.names) if name in arguments
                ]
                names = signature.names[: max(given, default=-1) + 1]
                return self.invoke([arguments.get(name) for name in names], run)
        raise NoValue(
            "“{function}” has no parameters {given}.",
            function=self.name,
            given=", ".join(arguments),
        )


def _count_arguments(arguments: Sequence[FeelValue], run: Run) -> None:
    """Count what it takes to look through long texts and lists."""
    for argument in arguments:
        if isinstance(argument, str):
            run.spend(len(argument) // CHARACTERS_A_STEP)
        elif isinstance(argument, list):
            run.spend(len(argument) // ITEMS_A_STEP)


def _counted(value: FeelValue, run: Run) -> FeelValue:
    """Count the memory of *value*, and return it."""
    if isinstance(value, str):
        run.take_text(value)
    elif isinstance(value, list):
        run.take(LIST + POINTER * len(value))
    elif isinstance(value, dict):
        run.take(CONTEXT + ITEM * len(value))
    elif not isinstance(value, (bool, Decimal)) and value is not None:
        run.take(OBJECT)
    return value


class Family(dict[str, FeelFunction]):
    """Built-in functions that belong together, by name."""

    def function(
        self, name: str, *signatures: str, variadic: bool = False
    ) -> Callable[[Body], Body]:
        """Make the decorated Python function known as *name*."""

        def add(body: Body) -> Body:
            parsed = [Signature.parse(text) for text in signatures]
            self[name] = BuiltIn(name, parsed, body, variadic=variadic)
            return body

        return add


class Registry(Mapping[str, FeelFunction]):
    """All functions that an expression can call.

    Args:
        families: The functions; of two with one name, the later is taken.
    """

    def __init__(self, *families: Mapping[str, FeelFunction]) -> None:
        self._functions = {
            name: function for family in families for name, function in family.items()
        }

    def __getitem__(self, name: str) -> FeelFunction:
        return self._functions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)
