"""Files that are there whole or not at all, and what is said where they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolroom_desktop.adapters.files.whole_file import file_problem, free_name, long_path, whole_file, write_whole
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.errors import BadInput


def refused(path: Path, content: bytes = b"new", *, overwrite: bool = True) -> str:
    with pytest.raises(BadInput) as raised:
        write_whole(path, content, overwrite=overwrite)
    for language in LANGUAGES:
        assert Messages(language).error(raised.value)
    return raised.value.code


def only(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def windows_error(number: int, code: int) -> OSError:
    """What Windows raises: an error of C with its own number beside it."""
    error = OSError(number, "said by Windows")
    error.winerror = code  # type: ignore[attr-defined, unused-ignore]
    return error


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "отчёт.csv"
    target.write_bytes(b"old")
    with whole_file(target) as file:
        file.write(b"half")
        file.flush()
        assert target.read_bytes() == b"old"
        file.write(b" and whole")
    assert target.read_bytes() == b"half and whole"
    assert only(tmp_path) == ["отчёт.csv"]


@pytest.mark.parametrize("reason", [ValueError, KeyboardInterrupt])
def test_what_is_interrupted_leaves_the_old_file_and_nothing_else(tmp_path: Path, reason: type[BaseException]) -> None:
    target = tmp_path / "отчёт.csv"
    target.write_bytes(b"old")

    def interrupted() -> None:
        with whole_file(target) as file:
            file.write(b"half")
            raise reason

    with pytest.raises(reason):
        interrupted()
    assert target.read_bytes() == b"old"
    assert only(tmp_path) == ["отчёт.csv"]


def test_an_existing_file_is_replaced_only_where_that_was_said(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    assert refused(target, overwrite=False) == "file.there_already"
    assert target.read_bytes() == b"old"
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_file_that_appears_meanwhile_is_not_replaced_either(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"

    def late() -> None:
        with whole_file(target, overwrite=False) as file:
            file.write(b"new")
            target.write_bytes(b"somebody else's")

    with pytest.raises(BadInput, match="there_already"):
        late()
    assert target.read_bytes() == b"somebody else's"
    assert only(tmp_path) == ["report.pdf"]


def test_a_missing_folder_and_a_folder_in_its_place_are_said(tmp_path: Path) -> None:
    assert refused(tmp_path / "нет" / "отчёт.pdf") == "file.no_folder"
    (tmp_path / "file").write_bytes(b"")
    assert refused(tmp_path / "file" / "отчёт.pdf") == "file.no_folder"
    assert refused(tmp_path) == "file.is_a_folder"


def test_a_path_of_300_cyrillic_letters_is_taken(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 300:
        folder = folder / "Очень длинное имя папки с отчётами за смену"
    folder.mkdir(parents=True)
    target = folder / "Отчёт за смену.xlsx"
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_name_that_no_file_may_have_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path / ("о" * 300 + ".pdf")) == "file.name_too_long"


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("C:\\reports\\day.pdf", "C:\\reports\\day.pdf"),
        ("C:\\" + "a" * 300, "\\\\?\\C:\\" + "a" * 300),
        ("\\\\server\\share\\" + "a" * 300, "\\\\?\\UNC\\server\\share\\" + "a" * 300),
        ("\\\\?\\C:\\" + "a" * 300, "\\\\?\\C:\\" + "a" * 300),
    ],
)
def test_windows_is_told_that_a_long_path_is_one(path: str, taken: str) -> None:
    assert long_path(path) == taken


@pytest.mark.parametrize(("number", "code"), [(13, 32), (13, 33), (22, 1224), (13, 5)])
def test_a_file_that_excel_holds_open_offers_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: int
) -> None:
    target = tmp_path / "отчёт.xlsx"
    target.write_bytes(b"old")

    def held(_self: Path, _target: Path) -> Path:
        raise windows_error(number, code)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(BadInput) as raised:
        write_whole(target, b"new")
    assert raised.value.code == "file.open_elsewhere"
    assert "отчёт (2).xlsx" in Messages("ru").error(raised.value)
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert only(tmp_path) == ["отчёт.xlsx"]


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (28, 112, "file.disk_full"),
        (13, 5, "file.no_rights"),
        (22, 123, "file.bad_name"),
        (2, 206, "file.name_too_long"),
        (5, 1117, "file.not_written"),
    ],
)
def test_what_windows_says_of_a_new_file_becomes_a_sentence(tmp_path: Path, number: int, code: int, said: str) -> None:
    problem = file_problem(windows_error(number, code), tmp_path / "new.pdf")
    assert problem.code == said
    for language in LANGUAGES:
        assert Messages(language).error(problem)


def test_the_offered_name_is_free(tmp_path: Path) -> None:
    for name in ("day.pdf", "day (2).pdf"):
        (tmp_path / name).write_bytes(b"")
    assert free_name(tmp_path / "day.pdf").name == "day (3).pdf"
    assert free_name(tmp_path / "night.pdf").name == "night.pdf"
