"""Writes the table in docs/procedures.md out of the domain: `python -m toolroom_desktop.config.permissions_guide`."""

from __future__ import annotations

from pathlib import Path

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.config.paths import program_root
from toolroom_desktop.domain.people import PERMISSIONS, Permission, Role

BEGIN = "<!-- made by python -m toolroom_desktop.config.permissions_guide -->"
END = "<!-- end of what was made of the permissions -->"


def guide_file() -> Path:
    """Where the table stands."""
    return program_root() / "docs" / "procedures.md"


def table() -> str:
    """Who may do what, as Markdown: one line a permission, one column a role."""
    english = Messages("en")
    roles = [english.text(f"cli.role.{role.value}") for role in Role]
    lines = [f"| may | {' | '.join(roles)} |", f"|---|{':-:|' * len(roles)}"]
    for permission in Permission:
        cells = ["yes" if permission in PERMISSIONS[role] else "" for role in Role]
        lines.append(f"| {english.text(f'permission.{permission.value}')} | {' | '.join(cells)} |")
    return "".join(f"{line}\n" for line in lines)


def with_table(text: str) -> str:
    """The guide's text with the present table in the place of the one in it."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table()}{END}{after}"


def main() -> None:
    """Bring the guide up to date."""
    path = guide_file()
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
