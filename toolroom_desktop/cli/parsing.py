"""argparse that speaks the user's language and leaves the end of the program to `main`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar

from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.errors import BadInput

E = TypeVar("E", bound=StrEnum)

# argparse has no codes, only English sentences.
_REQUIRED = re.compile(r"the following arguments are required: (?P<names>.+)")
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<names>.+)")
_CHOICE = re.compile(r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+?) \(choose from (?P<known>.+)\)")
_NO_VALUE = re.compile(r"argument (?P<name>[^:]+): expected .*")


def _usage_error(message: str) -> BadInput:
    if found := _REQUIRED.fullmatch(message):
        return BadInput("cli.usage_required", names=found["names"])
    if found := _UNKNOWN.fullmatch(message):
        return BadInput("cli.usage_unknown", names=found["names"])
    if found := _CHOICE.fullmatch(message):
        known = found["known"].replace("'", "")
        return BadInput("cli.usage_choice", name=found["name"], value=found["value"].strip("'"), known=known)
    if found := _NO_VALUE.fullmatch(message):
        return BadInput("cli.usage_no_value", name=found["name"])
    return BadInput("cli.usage", reason=message)


class _HelpFormatter(argparse.HelpFormatter):
    """Begins the usage with `heading`."""

    def __init__(self, prog: str, *, heading: str) -> None:
        super().__init__(prog)
        self._usage_heading = heading

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The usage, under the translated heading unless argparse wants another one (none, for a sub-command)."""
        super().add_usage(usage, actions, groups, self._usage_heading if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Help with translated headings; a mistake raises `BadInput` instead of ending the program."""

    def __init__(self, *, messages: Messages, **settings: Any) -> None:
        heading = f"{messages.text('cli.help.usage')}: "
        super().__init__(
            add_help=False, allow_abbrev=False, formatter_class=partial(_HelpFormatter, heading=heading), **settings
        )
        self.messages = messages
        self.arguments = self.add_argument_group(messages.text("cli.help.arguments"))
        self.options = self.add_argument_group(messages.text("cli.help.options"))
        self.options.add_argument("-h", "--help", action="help", help=messages.text("cli.help.help"))

    def error(self, message: str) -> NoReturn:
        """Raise the mistake as the user's."""
        raise _usage_error(message)


class Adder(Protocol):
    """`add_parser` of argparse's sub-commands."""

    def add_parser(self, name: str, **settings: Any) -> Parser: ...


class Commands:
    """The sub-commands of a parser; each sets `run`, which `main` calls."""

    def __init__(self, parser: Parser) -> None:
        self.messages = parser.messages
        self._adder: Adder = parser.add_subparsers(
            title=self.messages.text("cli.help.commands"),
            dest=argparse.SUPPRESS,
            metavar="COMMAND",
            required=True,
        )

    def add(self, name: str, help_code: str) -> Parser:
        """A sub-command whose help is the sentence of `help_code`."""
        text = self.messages.text(help_code)
        parser = self._adder.add_parser(name, messages=self.messages, help=text, description=text)
        add_global_options(parser)
        return parser


def option(parser: Parser, name: str, help_code: str, **settings: Any) -> None:
    """Add an option whose help is the sentence of `help_code`."""
    parser.options.add_argument(name, help=parser.messages.text(help_code), **settings)


def add_global_options(parser: Parser) -> None:
    """Take --data and --language, which may stand before and after the command; `main` reads them by itself."""
    option(parser, "--data", "cli.help.data", type=a_path, metavar="DIR", default=argparse.SUPPRESS)
    option(parser, "--language", "cli.help.language", choices=LANGUAGES, default=argparse.SUPPRESS)


def argument(parser: Parser, name: str, help_code: str, **settings: Any) -> None:
    """Add a positional argument; `name` is shown in capitals."""
    parser.arguments.add_argument(name, metavar=name.upper(), help=parser.messages.text(help_code), **settings)


def a_path(text: str) -> Path:
    """A path; `BadInput` for one that no system takes."""
    if not text or "\0" in text:
        raise BadInput("cli.bad_path")
    return Path(text)


def a_number(text: str) -> float:
    """A number, also with a decimal comma; `BadInput` for anything else."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise BadInput("cli.not_a_number", value=text) from None


def a_count(most: int) -> Callable[[str], int]:
    """A whole number from 1 to `most`; `BadInput` for anything else."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= most):
            raise BadInput("cli.not_a_count", value=text, most=most)
        return int(text)

    return parse


def a_size(text: str) -> tuple[int, int]:
    """Width and height in pixels as "1024x768"; `BadInput` for anything else."""
    found = re.fullmatch(r"([1-9]\d{1,4})\s*[xX×х]\s*([1-9]\d{1,4})", text.strip())
    if found is None:
        raise BadInput("cli.not_a_size", value=text)
    return int(found[1]), int(found[2])


def split_names(given: Sequence[str]) -> list[str]:
    """The names of an option that is repeated, or takes several with commas, or both."""
    return [name for text in given for part in text.split(",") if (name := part.strip())]


def one_of(kind: type[E], chosen: Sequence[E] | None = None) -> Callable[[str], E]:
    """A value of an enumeration by its text; `BadInput` naming the allowed ones for anything else."""
    allowed = list(kind) if chosen is None else list(chosen)

    def parse(text: str) -> E:
        found = next((value for value in allowed if value.value == text.casefold().replace("-", "_")), None)
        if found is None:
            raise BadInput("cli.not_one_of", value=text, known=", ".join(value.value for value in allowed))
        return found

    return parse
