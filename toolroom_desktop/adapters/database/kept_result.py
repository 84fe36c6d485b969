"""The result of a recorded operation, read out of the journal's entry when somebody asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from toolroom_desktop.adapters.database.packing import Packing, unpacked
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services.result_json import result_in


class KeptResult(Mapping[str, Any]):
    """Equal to the plain mapping that was recorded. Usable after the transaction.

    A list of operations asks for none of their results, and one entry that somebody damaged hides no other operation:
    only who looks into its own result is told, by `DatabaseProblem("database.journal_unreadable")`.
    """

    def __init__(self, stored: str | bytes, packing: Packing, site_seq: int) -> None:
        self._stored = stored
        self._site_seq = site_seq
        self._said: dict[str, Any] | None = None
        try:
            self._dictionary: bytes | None = packing.dictionary(stored)
        except ValueError:
            self._dictionary = None

    def __getitem__(self, name: str) -> Any:
        return self._result()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._result())

    def __len__(self) -> int:
        return len(self._result())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._result() == dict(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"KeptResult({self._site_seq})"

    def _result(self) -> dict[str, Any]:
        if self._said is None:
            try:
                if self._dictionary is None:
                    raise ValueError("not a payload")
                document = json.loads(unpacked(self._stored, self._dictionary))
                self._said = result_in(dict(document))
            except (ValueError, TypeError) as error:
                raise DatabaseProblem("database.journal_unreadable", site_seq=self._site_seq) from error
        return self._said
