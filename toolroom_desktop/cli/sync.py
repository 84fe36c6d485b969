"""`toolroom enrol-site` and `toolroom sync`: the station and its centre."""

from __future__ import annotations

import argparse
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.cli.bring_back import run_bring_back, run_go_without
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.services.reference_content import called

if TYPE_CHECKING:
    from toolroom_desktop.services.sync.centre_model import ModelStanding
    from toolroom_desktop.services.sync.ports import Known
    from toolroom_desktop.services.sync.runner import SyncOutcome
    from toolroom_desktop.services.sync.state import SyncState


def add(commands: Commands) -> None:
    """Add both sub-commands."""
    enrolling = commands.add("enrol-site", "centre.help.enrol_site")
    argument(enrolling, "file", "centre.help.enrolment_file")
    enrolling.set_defaults(run=run_enrol_site)
    syncing = commands.add("sync", "centre.help.sync")
    option(syncing, "--once", "centre.help.once", action="store_true")
    option(syncing, "--json", "cli.help.json", action="store_true")
    option(syncing, "--bring-back", "centre.help.bring_back", action="store_true")
    option(syncing, "--go-without", "centre.help.go_without", action="store_true")
    option(syncing, "--yes", "centre.help.bring_back_yes", action="store_true")
    syncing.set_defaults(run=run_sync)


def run_enrol_site(arguments: argparse.Namespace, station: Station) -> int:
    """Take an enrolment file in, once the centre let the station in with it; kept nevertheless where it is away."""
    from toolroom_desktop import __version__
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore
    from toolroom_desktop.adapters.central.joining import StationEnrolments

    console = station.console
    with station.records(read_only=True) as records:
        pending = records.database.read(lambda uow: uow.outbox.waiting()).operations
        store = EnrolmentStore(station.data.root)
        enrolments = StationEnrolments(store, records.database.site_id, records.clock, __version__)
        joined = enrolments.join(Path(arguments.file), pending=pending)
    console.say("enrolment.kept", site=joined.kept.site, server=joined.kept.server)
    if joined.kept.place == "file":
        console.remark("enrolment.in_a_file", path=station.data.root)
    if joined.away is not None:
        console.remark("enrolment.not_tried", reason=console.messages.error(joined.away))
    console.remark("enrolment.delete_file", path=arguments.file)
    return 0


def run_sync(arguments: argparse.Namespace, station: Station) -> int:
    """Sync once, or until interrupted. Once ends with 0, with 1 where something needs a person, 2 where it failed."""
    from toolroom_desktop.bootstrap import open_gathered, open_sync

    if arguments.bring_back:
        return run_bring_back(arguments, station)
    if arguments.go_without:
        return run_go_without(arguments, station)
    console = station.console
    with station.records() as records, closing(open_gathered(records, station.data.root)) as gathered:
        centre = open_sync(records, station.data.root, station.settings(), gathered=gathered)
        if arguments.once:
            return _say(console, centre.once(), as_json=arguments.json)
        centre.follow(_Teller(console))
        centre.start()
        if centre.runner is None:
            raise BadInput("enrolment.none")
        try:
            # In short waits: on Windows Ctrl+C does not end a long one.
            while not threading.Event().wait(0.5):
                pass
        except KeyboardInterrupt:
            return 0
        finally:
            centre.stop()
    return 0


def _say(console: Console, outcome: SyncOutcome, *, as_json: bool) -> int:
    state = outcome.state
    if as_json:
        console.json(
            {
                "pushed": outcome.pushed,
                "photos": outcome.files,
                "pending": {
                    "operations": state.pending_operations,
                    "photos": state.pending_files,
                    "bytes": state.pending_bytes,
                },
                "last_success": state.last_success.isoformat() if state.last_success else None,
                "clock_offset_seconds": state.clock_offset,
                "quarantined": state.quarantined,
                "set_aside": {
                    "count": state.aside,
                    "first": [_aside_json(console, known) for known in state.aside_told],
                },
                "model": None if state.model is None else _model_json(console, state.model),
                "problems": [
                    {"code": problem.code, "sentence": console.messages.error(problem)} for problem in outcome.problems
                ],
            }
        )
    else:
        if outcome.done:
            console.say("centre.synced", operations=outcome.pushed, photos=outcome.files)
        console.line(_waiting(console, state))
        if state.model is not None and state.model.problem is None:
            console.say(state.model.code, **state.model.said)
        for problem in outcome.problems:
            console.error(problem)
        for known in state.aside_told:
            console.remark("reference.aside_one", **_aside(console, known))
    if not outcome.done:
        return 2
    return 1 if outcome.problems else 0


def _model_json(console: Console, model: ModelStanding) -> dict[str, object]:
    return {
        "name": model.name,
        "version": model.version,
        "stage": model.stage.value,
        "held": model.held,
        "size": model.size,
        "sentence": console.text(model.code, **model.said),
    }


def _aside(console: Console, known: Known) -> dict[str, str]:
    """What could not be taken over, and why."""
    change = known.change
    return {
        "what": console.text("reference.row", kind=change.kind, name=called(change.kind, change.key, change.content)),
        "reason": console.messages.error(UserFacingError(known.problem, **known.details)),
    }


def _aside_json(console: Console, known: Known) -> dict[str, str]:
    change = known.change
    reason = _aside(console, known)["reason"]
    return {"kind": change.kind, "key": change.key, "code": known.problem, "sentence": reason}


class _Teller:
    """Prints how sync is whenever that changes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._said = ""

    def __call__(self, state: SyncState) -> None:
        """Told in the threads of sync."""
        if state.working:
            return
        if state.problem:
            sentence = self._console.messages.error(UserFacingError(state.problem, **state.details))
        else:
            sentence = _waiting(self._console, state)
        if sentence != self._said:
            self._said = sentence
            with suppress(BrokenPipeError):
                self._console.line(sentence)


def _waiting(console: Console, state: SyncState) -> str:
    return console.text(
        "centre.waiting",
        operations=state.pending_operations,
        photos=state.pending_files,
        megabytes=console.number(state.pending_bytes / 1e6),
    )
