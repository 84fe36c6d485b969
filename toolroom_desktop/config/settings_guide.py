"""Writes the table in docs/settings.md out of the declarations: `python -m toolroom_desktop.config.settings_guide`."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from toolroom_desktop.config.from_centre import may_come_from_centre
from toolroom_desktop.config.paths import program_root
from toolroom_desktop.config.settings import Settings

BEGIN = "<!-- made by python -m toolroom_desktop.config.settings_guide -->"
END = "<!-- end of what was made -->"
_HEAD = "| setting | values | default | meaning | centre | registry |\n|---|---|---|---|---|---|\n"
_ANY_CLASS = "CLASS"
# How group policy writes a value of that kind; numbers with a point are text, since the registry has none.
_REGISTRY = {bool: "DWORD 0 or 1", int: "DWORD", float: "SZ", str: "SZ"}


def guide_file() -> Path:
    """Where the table stands."""
    return program_root() / "docs" / "settings.md"


def table() -> str:
    """The table of every setting, as Markdown."""
    return _HEAD + "".join(
        f"| `{name}` | {_values(field)} | {_default(field)} | {field.description} |"
        f" {'yes' if may_come_from_centre(name) else 'no'} | {_registry(field)} |\n"
        for name, field in settings_declared()
    )


def settings_declared(section: type[BaseModel] = Settings, before: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting by its full name, "section.setting"; in tables by tool class CLASS stands for the class."""
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings_declared(kind, f"{before}{name}.")
        elif get_origin(kind) is dict:
            yield from settings_declared(get_args(kind)[1], f"{before}{name}.{_ANY_CLASS}.")
        else:
            yield before + name, field


def with_table(text: str) -> str:
    """The guide with the table of now in the place of the one in it; ValueError where it has no such place."""
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{table()}{END}{tail}"


def _plain(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without "or None" and without its limits, and those limits."""
    if get_origin(kind) in (Union, types.UnionType):
        return _plain(next(part for part in get_args(kind) if part is not type(None)))
    limits = getattr(kind, "__metadata__", ())
    if not limits:
        return kind, ()
    return get_args(kind)[0], tuple(part for limit in limits for part in getattr(limit, "metadata", (limit,)))


def _values(field: FieldInfo) -> str:
    kind, limits = _plain(field.annotation)
    if get_origin(kind) is Literal:
        return ", ".join(f"`{_toml(value)}`" for value in get_args(kind))
    if kind is bool:
        return "true, false"
    if kind is str:
        return "text"
    limits = (*limits, *field.metadata)
    least = next((f"{limit.ge:g}" for limit in limits if isinstance(limit, Ge)), None)
    above = next((f"above {limit.gt:g}" for limit in limits if isinstance(limit, Gt)), None)
    most = next(f"{limit.le:.12g}" for limit in limits if isinstance(limit, Le))
    return f"{least}–{most}" if least is not None else f"{above}, up to {most}"


def _default(field: FieldInfo) -> str:
    return "not set" if field.default is None else f"`{_toml(field.default)}`"


def _registry(field: FieldInfo) -> str:
    kind, _ = _plain(field.annotation)
    return _REGISTRY[str if get_origin(kind) is Literal else kind]


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def main() -> None:
    """Bring the guide up to date."""
    path = guide_file()
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
