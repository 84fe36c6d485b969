"""What every sub-command is given: where the data lies, its settings, and the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolroom_desktop.cli.console import Console
from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings, load_settings
from toolroom_desktop.domain.custody import Procedures

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records


@dataclass(frozen=True, slots=True)
class Station:
    """One data folder seen from the command line."""

    data: DataFolder
    console: Console

    def settings(self) -> Settings:
        """The station's settings; raises `BadSettings`."""
        return load_settings(self.data.settings_file)

    @contextmanager
    def records(
        self, *, create: bool = False, read_only: bool = False, before_centre: bool = False
    ) -> Iterator[Records]:
        """The records for the time of a command, as `bootstrap.open_records` says; raises `DatabaseProblem`."""
        # Loaded here: it brings OpenCV and the model's runtime, which --help does not need.
        from toolroom_desktop.bootstrap import open_records

        language: Language = "ru"
        procedures = Procedures()
        if not read_only:
            settings = self.settings()
            language, procedures = settings.station.language, settings.station_procedures()
        records = open_records(
            self.data.root,
            create=create,
            read_only=read_only,
            language=language,
            procedures=procedures,
            before_centre=before_centre,
        )
        try:
            yield records
        finally:
            records.close()
