"""What the windows remember: by person and name, whole or not at all, and never a reason to stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolroom_desktop.adapters.files.screen_memory import NAME, FileScreenMemory
from toolroom_desktop.domain.errors import BadInput


def test_each_person_finds_what_they_kept_and_nobody_else_does(tmp_path: Path) -> None:
    memory = FileScreenMemory(tmp_path)
    assert memory.recall("T-7", "history.columns") is None
    memory.keep("T-7", "history.columns", ["kit"])
    memory.keep("", "history.searches", [{"name": "наше"}])
    memory.keep("t-7", "other", 1)
    again = FileScreenMemory(tmp_path)
    assert again.recall("t-7", "history.columns") == ["kit"]
    assert again.recall("T-8", "history.columns") is None
    assert again.recall("", "history.searches") == [{"name": "наше"}]


def test_none_forgets(tmp_path: Path) -> None:
    memory = FileScreenMemory(tmp_path)
    memory.keep("T-7", "a", 1)
    memory.keep("T-7", "a", None)
    assert memory.recall("T-7", "a") is None


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff\xfe", b'{"t-7": 5}'])
def test_a_damaged_file_is_as_good_as_none_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    memory = FileScreenMemory(tmp_path)
    assert memory.recall("T-7", "a") is None
    memory.keep("T-7", "a", 1)
    assert memory.recall("T-7", "a") == 1


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    memory = FileScreenMemory(tmp_path / "gone")
    with pytest.raises(BadInput) as refused:
        memory.keep("T-7", "a", 1)
    assert refused.value.code == "file.no_folder"
