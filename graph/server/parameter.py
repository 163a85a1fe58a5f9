"""What a route takes, and how it is read in a request."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from graph.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route.

    name: str; kind: str, string, integer, number or boolean of JSON Schema; meaning: str; default; least, most: bounds
    of a number, or of the length of a string; needed: bool; place: str, query or path; to: str, the argument that it
    becomes where that has another name; among: function that lists the strings that it may be, in the spelling that is
    described, though the look-up knows more; pattern: str, of times, what it must match.
    """

    name: str
    kind: str
    meaning: str
    default: Value = None
    least: float | None = None
    most: float | None = None
    needed: bool = False
    place: str = "query"
    to: str = ""
    among: Callable[[], Iterable[str]] | None = None
    pattern: str = ""

    def read(self, given: Mapping[str, str]) -> Value:
        """The value in a request; raises a `Refusal` with status 400 where it is missing or amiss."""
        if self.name not in given:
            if self.needed:
                raise Refusal(400, f"Give {self.name}: {self.meaning}.")
            return self.default
        value = self._value(given[self.name])
        size = len(value) if isinstance(value, str) else cast("float", value)
        if not (self.least is None or size >= self.least) or not (self.most is None or size <= self.most):
            raise Refusal(400, f"{self.name} is out of bounds: from {self.least or 0:g} to {self.most or math.inf:g}.")
        if self.pattern and not re.fullmatch(self.pattern, str(value)):
            raise Refusal(400, f"{self.name} is amiss: give {self.meaning}, such as 2024, 2024-10 or 2024-10-07.")
        return value

    def _value(self, text: str) -> str | int | float | bool:
        if self.kind == "string":
            return text
        try:
            if self.kind == "boolean":
                return {"true": True, "false": False}[text]
            number = int(text) if self.kind == "integer" else float(text)
        except (ValueError, KeyError) as error:
            raise Refusal(400, f"{self.name} is no {self.kind}: {self.meaning}.") from error
        if not math.isfinite(number):
            raise Refusal(400, f"{self.name} is no {self.kind}: {self.meaning}.")
        return number


@dataclass(frozen=True, slots=True)
class Lookup:
    """A route: its path, the look-up behind it, what it answers in a sentence, what it takes.

    fixed: tuple of pairs, arguments of the look-up that the route itself gives.
    """

    path: str
    call: str
    answers: str
    parameters: tuple[Parameter, ...] = ()
    fixed: tuple[tuple[str, str | None], ...] = ()
