"""What the page of the centre says, as sections of lines. What further comes from the centre is one more section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.reference_content import called
from toolroom_desktop.services.sync.state import Standing, SyncState, offline_since, standing_of
from toolroom_desktop.ui.screens.sync.presenter import SyncFacts

# Less is what a network and two good clocks make.
CLOCK_OFF_SECONDS = 5.0
MEGABYTE = 1e6

TimeWord = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A title and its lines, each with what it is about and what it says."""

    title: str
    lines: tuple[tuple[str, str], ...]


def standing_title(state: SyncState, time_word: TimeWord) -> str:
    """How it is, in one line."""
    standing = standing_of(state)
    if standing is Standing.OFFLINE:
        since = offline_since(state)
        if since is None:
            return QCoreApplication.translate("SyncScreen", "The centre cannot be reached")
        said = QCoreApplication.translate("SyncScreen", "The centre cannot be reached, since {when}")
        return said.format(when=time_word(since))
    return {
        Standing.SYNCED: QCoreApplication.translate("SyncScreen", "Everything recorded here is at the centre"),
        Standing.PENDING: QCoreApplication.translate("SyncScreen", "Something waits for the centre"),
        Standing.ATTENTION: QCoreApplication.translate("SyncScreen", "Somebody must look at this"),
    }[standing]


def sentences_of(state: SyncState, language: Language) -> list[str]:
    """What is wrong and what to do, the exchange of entries first; what nobody need do where nothing is."""
    messages = Messages(language)
    said = []
    if state.problem:
        said.append(messages.text(state.problem, **state.details))
    if state.quarantined and state.problem != "centre.quarantined":
        said.append(messages.text("centre.quarantined", count=state.quarantined))
    if state.aside and state.problem != "reference.aside":
        said.append(messages.text("reference.aside", count=state.aside))
    photos = state.evidence_problem
    # A network that is away is away for photos too, and said once.
    if photos and photos != state.problem:
        said.append(messages.text(photos, **state.evidence_details))
    refused = None if state.model is None else state.model.problem
    if refused is not None:
        said.append(messages.error(refused))
    if state.photos_lost and photos != "centre.photos_lost":
        said.append(messages.text("centre.photos_lost", count=state.photos_lost))
    standing = standing_of(state)
    if standing is Standing.PENDING:
        said.append(QCoreApplication.translate("SyncScreen", "It goes by itself; nobody need do anything."))
    elif standing is Standing.OFFLINE:
        said.append(
            QCoreApplication.translate("SyncScreen", "Go on working: everything is kept here and goes by itself.")
        )
    return said


def ago(span: timedelta) -> str:
    """How long ago, roughly."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return QCoreApplication.translate("SyncScreen", "just now")
    if minutes < 120:
        return QCoreApplication.translate("SyncScreen", "{count} min ago").format(count=minutes)
    if minutes < 48 * 60:
        return QCoreApplication.translate("SyncScreen", "{count} h ago").format(count=minutes // 60)
    return QCoreApplication.translate("SyncScreen", "{count} days ago").format(count=minutes // (24 * 60))


def sections_of(
    state: SyncState, facts: SyncFacts | None, time_word: TimeWord, now: datetime, language: Language
) -> list[Section]:
    """Everything that the page lists."""
    sections = [_exchange(state, time_word, now, language), _aside(state, language), _model(state, language)]
    if facts is not None:
        sections += [_centre(facts, language), _photos(facts, language)]
    return [section for section in sections if section.lines]


def _exchange(state: SyncState, time_word: TimeWord, now: datetime, language: Language) -> Section:
    last = state.last_success
    photos = _photo_count(state.pending_files, state.pending_bytes, language)
    none = QCoreApplication.translate("SyncScreen", "none")
    lines = [
        (
            QCoreApplication.translate("SyncScreen", "Entries that wait"),
            str(state.pending_operations) if state.pending_operations else none,
        ),
        (QCoreApplication.translate("SyncScreen", "Photos that wait"), photos),
        (
            QCoreApplication.translate("SyncScreen", "Last success"),
            f"{time_word(last)} · {ago(now - last)}"
            if last is not None
            else QCoreApplication.translate("SyncScreen", "never yet"),
        ),
    ]
    if state.quarantined:
        lines.append((QCoreApplication.translate("SyncScreen", "Set apart at the centre"), str(state.quarantined)))
    if abs(state.clock_offset) > CLOCK_OFF_SECONDS:
        lines.append((QCoreApplication.translate("SyncScreen", "Clock of this station"), _clock(state.clock_offset)))
    return Section(QCoreApplication.translate("SyncScreen", "Exchange"), tuple(lines))


def _aside(state: SyncState, language: Language) -> Section:
    messages = Messages(language)
    lines = [
        (
            called(known.change.kind, known.change.key, known.change.content),
            messages.error(UserFacingError(known.problem, **known.details)),
        )
        for known in state.aside_told
    ]
    return Section(QCoreApplication.translate("SyncScreen", "Not taken over from the centre"), tuple(lines))


def _model(state: SyncState, language: Language) -> Section:
    """The model that the centre names; why it was refused stands above all sections."""
    title = QCoreApplication.translate("SyncScreen", "Model of the centre")
    model = state.model
    if model is None:
        return Section(title, ())
    refused = QCoreApplication.translate("SyncScreen", "refused here; why is said above")
    said = refused if model.problem is not None else Messages(language).text(model.code, **model.said)
    return Section(title, ((f"{model.name}, {model.version}", said),))


def _clock(offset: float) -> str:
    seconds = round(abs(offset))
    span = (
        QCoreApplication.translate("SyncScreen", "{count} s").format(count=seconds)
        if seconds < 120
        else QCoreApplication.translate("SyncScreen", "{count} min").format(count=seconds // 60)
    )
    if offset > 0:
        return QCoreApplication.translate("SyncScreen", "{span} ahead of the centre's. Set it right.").format(span=span)
    return QCoreApplication.translate("SyncScreen", "{span} behind the centre's. Set it right.").format(span=span)


def _centre(facts: SyncFacts, language: Language) -> Section:
    title = QCoreApplication.translate("SyncScreen", "Centre")
    if facts.damaged is not None:
        said = Messages(language).error(facts.damaged)
        return Section(title, ((QCoreApplication.translate("SyncScreen", "Enrolment"), said),))
    kept = facts.kept
    if kept is None:
        return Section(title, ())
    password = (
        QCoreApplication.translate("SyncScreen", "in this computer's key store")
        if kept.place == "keyring"
        else QCoreApplication.translate(
            "SyncScreen", "in a file of the data folder, for want of a key store; nobody else may read that folder"
        )
    )
    return Section(
        title,
        (
            (QCoreApplication.translate("SyncScreen", "Address"), kept.server),
            (QCoreApplication.translate("SyncScreen", "This station there"), kept.site),
            (QCoreApplication.translate("SyncScreen", "Password"), password),
        ),
    )


def _photos(facts: SyncFacts, language: Language) -> Section:
    photos = facts.photos
    lines = [(QCoreApplication.translate("SyncScreen", "Here"), _photo_count(photos.here, photos.here_bytes, language))]
    if photos.dropped:
        lines.append(
            (
                QCoreApplication.translate("SyncScreen", "At the centre alone"),
                _photo_count(photos.dropped, photos.dropped_bytes, language),
            )
        )
    return Section(QCoreApplication.translate("SyncScreen", "Photos"), tuple(lines))


def _photo_count(count: int, size: int, language: Language) -> str:
    if not count:
        return QCoreApplication.translate("SyncScreen", "none")
    megabytes = f"{size / MEGABYTE:.1f}"
    if language == "ru":
        megabytes = megabytes.replace(".", ",")
    said = QCoreApplication.translate("SyncScreen", "{count} ({megabytes} MB)")
    return said.format(count=count, megabytes=megabytes)
