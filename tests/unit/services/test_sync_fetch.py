"""The way back of files: piece by piece, resumed where it was cut, and never anything but what was asked for."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import HandClock
from toolroom_desktop.adapters.files.incoming import IncomingFolder
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.services.sync.fetch import ASK_AGAIN_SECONDS, KEEP_AFTER, FileFetcher

PIECE = 1000
PHOTO = bytes(range(256)) * 10
NAME = hashlib.sha256(PHOTO).hexdigest()
NAMED_BY = ("custody", "x")


class Giver:
    """A centre that gives files away; after `pieces` pieces the line is cut."""

    def __init__(self, files: dict[str, bytes], pieces: int = 1000) -> None:
        self.files = files
        self.pieces = pieces
        self.asked: list[int] = []

    def get_piece(self, named_by: tuple[str, str], sha256: str, start: int) -> tuple[int, bytes] | None:
        assert named_by == NAMED_BY
        self.asked.append(start)
        if len(self.asked) > self.pieces:
            raise CentreProblem("centre.silent", server="x")
        content = self.files.get(sha256)
        if content is None or start >= len(content):
            return None
        return len(content), content[start : start + PIECE]


@pytest.fixture
def fetcher(records: Records, tmp_path: Path, clock: HandClock) -> FileFetcher:
    records.database.write(lambda uow: uow.elsewhere.want(NAME, "photo", clock.now(), NAMED_BY))
    return FileFetcher(records.database, records.evidence, IncomingFolder(tmp_path / "incoming"), clock)


def run(fetcher: FileFetcher, giver: Giver) -> int:
    return fetcher.run(giver).files  # type: ignore[arg-type]


def test_a_file_comes_in_pieces_and_is_evidence_when_it_is_whole(records: Records, fetcher: FileFetcher) -> None:
    giver = Giver({NAME: PHOTO})
    assert run(fetcher, giver) == 1
    assert giver.asked == [0, 1000, 2000]
    assert records.evidence.get(NAME) == PHOTO
    assert not fetcher.anything
    assert records.database.read(lambda uow: list(uow.evidence.all())) == [], "it is no evidence of this station"


def test_a_line_that_is_cut_costs_the_pieces_that_had_not_come(fetcher: FileFetcher, records: Records) -> None:
    with pytest.raises(CentreProblem):
        run(fetcher, Giver({NAME: PHOTO}, pieces=2))
    later = Giver({NAME: PHOTO})
    assert run(fetcher, later) == 1
    assert later.asked == [2000]
    assert records.evidence.get(NAME) == PHOTO


def test_what_is_not_what_its_name_says_is_let_go_and_fetched_anew(fetcher: FileFetcher, records: Records) -> None:
    with pytest.raises(CentreProblem, match="evidence_refused"):
        run(fetcher, Giver({NAME: PHOTO[:-1] + b"!"}))
    assert not records.evidence.path(NAME).exists()
    good = Giver({NAME: PHOTO})
    assert run(fetcher, good) == 1
    assert good.asked[0] == 0


def test_what_the_centre_has_not_yet_is_asked_for_again_a_little_later(fetcher: FileFetcher, clock: HandClock) -> None:
    report = fetcher.run(Giver({}))  # type: ignore[arg-type]
    assert (report.files, report.not_there, fetcher.anything) == (0, 1, False)
    clock.advance(ASK_AGAIN_SECONDS + 1)
    assert fetcher.anything
    assert run(fetcher, Giver({NAME: PHOTO})) == 1


def test_a_photo_that_no_custody_needs_goes_again(fetcher: FileFetcher, records: Records, clock: HandClock) -> None:
    run(fetcher, Giver({NAME: PHOTO}))
    clock.advance((KEEP_AFTER + timedelta(days=1)).total_seconds())
    assert fetcher.tidy() == 1
    assert records.database.read(lambda uow: uow.elsewhere.fetched("photo")) == []


def test_a_photo_that_a_restore_left_behind_is_wanted_again(fetcher: FileFetcher, records: Records) -> None:
    records.database.write(lambda uow: uow.elsewhere.note_held(NAME, len(PHOTO), len(PHOTO)))
    wanted = [fetcher.anything]
    fetcher._want_again_what_is_gone()
    assert [*wanted, fetcher.anything] == [False, True]
