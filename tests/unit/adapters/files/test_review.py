"""The review folder on a real disk: whole or not at all, never in the way, and never larger than it may be."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from toolroom_desktop.adapters.files import review
from toolroom_desktop.adapters.files.review import FileReviewFolder
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services import ports

PHOTO = b"\xff\xd8 a kit \xff\xd9"


def name(number: int, day: str = "2026-05-04") -> str:
    return f"{day}_019600{number:02x}-0000-7000-8000-000000000000"


def document(difference: str = "missed") -> dict[str, Any]:
    return {"format": 1, "differences": [{"difference": difference}], "кто": "Иванов"}


def folder(place: Path, *, cases: int = 100, most_bytes: int = 10_000_000, least_free: int = 0) -> FileReviewFolder:
    return FileReviewFolder(place, most_cases=cases, most_bytes=most_bytes, least_free_bytes=least_free)


def listing(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_a_case_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    place = tmp_path / "данные" / "разбор"
    kept: ports.ReviewFolder = folder(place)
    assert kept.names() == []
    kept.keep(name(1), PHOTO, document())
    assert kept.names() == [name(1)]
    assert kept.photo(name(1)) == PHOTO
    assert kept.document(name(1)) == document()
    assert listing(place / name(1)) == ["photo.jpg", "result.json"]
    assert "Иванов" in (place / name(1) / "result.json").read_text(encoding="utf-8")


def test_a_case_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    kept = folder(tmp_path)
    kept.keep(name(1), PHOTO, document())
    kept.keep(name(1), b"another", document("doubt"))
    assert (kept.photo(name(1)), kept.document(name(1))) == (PHOTO, document())


@pytest.mark.parametrize("wrong", ["", "..", "../../x", "2026-05-04_x", f"{name(1)}/..", f"{name(1)}x"])
def test_only_a_date_and_an_id_name_a_case(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="not the name of a case"):
        folder(tmp_path / "r").keep(wrong, PHOTO, document())
    with pytest.raises(ValueError, match="not the name of a case"):
        folder(tmp_path / "r").photo(wrong)
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("number", "code"), [(28, "review.disk_full"), (30, "review.read_only"), (5, "review.disk_error")]
)
def test_a_write_that_fails_half_way_leaves_nothing_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    kept = folder(tmp_path)
    kept.keep(name(1), PHOTO, document())

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DatabaseProblem) as raised:
        kept.keep(name(2), PHOTO, document())
    assert raised.value.code == code
    for language in LANGUAGES:
        assert str(tmp_path) in Messages(language).error(raised.value)
    assert listing(tmp_path) == [name(1)]


def test_the_last_of_the_disk_belongs_to_the_records(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(DatabaseProblem) as raised:
        folder(tmp_path / "r", least_free=free + (1 << 40)).keep(name(1), PHOTO, document())
    assert raised.value.code == "review.disk_full"
    assert listing(tmp_path / "r") == []


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "r").write_text("not a folder")
    with pytest.raises(DatabaseProblem, match=r"review\.disk_error"):
        folder(tmp_path / "r").keep(name(1), PHOTO, document())
    with pytest.raises(DatabaseProblem, match=r"review\.disk_error"):
        folder(tmp_path / "r").names()


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    kept = folder(tmp_path, cases=3)
    for number, day in ((9, "2026-05-04"), (1, "2026-05-05"), (2, "2026-05-05"), (3, "2026-05-06"), (4, "2026-05-06")):
        kept.keep(name(number, day), PHOTO, document())
    assert kept.names() == [name(2, "2026-05-05"), name(3, "2026-05-06"), name(4, "2026-05-06")]
    assert listing(tmp_path) == kept.names(), "nothing half removed is left"


def test_mere_doubts_go_before_what_the_model_got_wrong(tmp_path: Path) -> None:
    kept = folder(tmp_path, cases=3)
    for number, difference in enumerate(("missed", "doubt", "not_there", "doubt", "missed")):
        kept.keep(name(number), PHOTO, document(difference))
    assert kept.names() == [name(0), name(2), name(4)]
    kept.keep(name(5), PHOTO, document("doubt"))
    assert kept.names() == [name(2), name(4), name(5)], "the newest itself is never the one that goes"


def test_there_is_only_so_much_room(tmp_path: Path) -> None:
    kept = folder(tmp_path, most_bytes=2500)
    for number in range(5):
        kept.keep(name(number), bytes(1000), document())
    assert kept.names() == [name(3), name(4)]
    kept.keep(name(6), bytes(9000), document())
    assert kept.names() == [name(6)]


def test_what_is_not_of_its_making_is_neither_counted_nor_removed(tmp_path: Path) -> None:
    (tmp_path / "мои заметки").mkdir()
    (tmp_path / "мои заметки" / "a.txt").write_text("x")
    (tmp_path / "readme.txt").write_text("x")
    (tmp_path / name(8)).write_text("a file, not a folder")
    kept = folder(tmp_path, cases=1)
    for number in (1, 2, 3):
        kept.keep(name(number), PHOTO, document())
    assert kept.names() == [name(3)]
    assert {"мои заметки", "readme.txt", name(8)} <= set(listing(tmp_path))


def test_what_a_program_that_died_left_behind_goes_after_a_day(tmp_path: Path) -> None:
    yesterday = time.time() - review.LEFT_BEHIND_SECONDS - 60
    for ending in ("part", "gone"):
        for number, old in ((1, True), (2, False)):
            left = tmp_path / f".{name(number)}.{ending}"
            left.mkdir()
            (left / "photo.jpg").write_bytes(PHOTO)
            if old:
                os.utime(left, (yesterday, yesterday))
    kept = folder(tmp_path)
    assert kept.names() == []
    kept.keep(name(3), PHOTO, document())
    assert listing(tmp_path) == [f".{name(2)}.gone", f".{name(2)}.part", name(3)]
    kept.keep(name(2), PHOTO, document())
    assert kept.photo(name(2)) == PHOTO


def test_a_case_that_cannot_be_removed_is_no_reason_not_to_keep_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = folder(tmp_path, cases=1)
    kept.keep(name(1), PHOTO, document())
    rename = Path.rename

    def held_open(self: Path, target: Path) -> Path:
        if self.name == name(1):
            raise PermissionError(13, "somebody looks at it")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", held_open)
        kept.keep(name(2), PHOTO, document())
    assert kept.names() == [name(1), name(2)]
    kept.keep(name(3), PHOTO, document())
    assert kept.names() == [name(3)]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_a_damaged_result_is_named(tmp_path: Path, content: bytes) -> None:
    kept = folder(tmp_path)
    kept.keep(name(1), PHOTO, document())
    (tmp_path / name(1) / "result.json").write_bytes(content)
    with pytest.raises(DatabaseProblem) as raised:
        kept.document(name(1))
    assert (raised.value.code, raised.value.details["name"]) == ("review.damaged", name(1))


def test_a_photo_that_is_gone_or_far_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = folder(tmp_path)
    kept.keep(name(1), PHOTO, document())
    monkeypatch.setattr(review, "LARGEST_PHOTO", len(PHOTO) - 1)
    with pytest.raises(DatabaseProblem, match=r"review\.damaged"):
        kept.photo(name(1))
    (tmp_path / name(1) / "photo.jpg").unlink()
    with pytest.raises(DatabaseProblem, match=r"review\.damaged"):
        kept.photo(name(1))


def test_the_result_is_json_for_other_programs_too(tmp_path: Path) -> None:
    kept = folder(tmp_path)
    kept.keep(name(1), PHOTO, document())
    assert json.loads((tmp_path / name(1) / "result.json").read_bytes()) == document()
