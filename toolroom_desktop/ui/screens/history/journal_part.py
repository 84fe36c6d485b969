"""The journal's entry of an operation: its hashes, and the proof that nothing up to it was changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.domain.journal import Verification
from toolroom_desktop.services.course import Course
from toolroom_desktop.ui.screens.history.detail_presenter import DetailPresenter, Proof
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import Judgement, button, label, set_judgement


class JournalPart(QWidget):
    """Hashes can be selected and copied."""

    def __init__(self, theme: Theme, presenter: DetailPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._course: Course | None = None
        self._proof: Proof | None = None
        self._title = label("emphasis", self)
        self._entry = label("caption", self, wrap=True)
        self._entry.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = label("body", self, wrap=True)
        self._outcome = label("emphasis", self, wrap=True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.verify_button = button(theme, "plain", "confirm", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap // 2)
        for widget in (self._title, self._entry, self._row, self.progress, self._outcome, self.verify_button):
            column.addWidget(widget)
        self.verify_button.clicked.connect(self._touched)

    @property
    def outcome(self) -> str:
        """What the proof said; empty while there is none."""
        return self._outcome.text()

    @property
    def entry(self) -> str:
        """What is said of the entry."""
        return self._entry.text()

    def show_course(self, course: Course | None) -> None:
        """Show its entry; None while it is looked up."""
        self._course = course
        self._fill()

    def show_proof(self, proof: Proof | None) -> None:
        """How far the proof is."""
        self._proof = proof
        self._fill()

    def retranslate(self) -> None:
        """Set every text in the present language."""
        self._title.setText(self.tr("Journal"))
        self._fill()

    def _fill(self) -> None:
        course, proof = self._course, self._proof
        self.setVisible(course is not None)
        if course is None:
            return
        entry = course.entry
        lines = (
            (self.tr("Entry No."), f"{entry.site_seq} · {entry.kind}"),
            (self.tr("Hash"), entry.hash),
            (self.tr("Hash before it"), entry.prev_hash),
            (self.tr("Seal"), entry.seal),
            (self.tr("Station"), entry.site_id),
        )
        self._entry.setText("\n".join(f"{name}: {_broken(value)}" for name, value in lines))
        words, judgement = self._of_row(course)
        self._row.setText(words)
        self._row.setVisible(bool(words))
        set_judgement(self._row, judgement)
        running = proof is not None and proof.outcome is None
        self.progress.setVisible(running)
        if proof is not None and running:
            self.progress.setMaximum(max(1, proof.total))
            self.progress.setValue(proof.done)
        self.verify_button.setVisible(not self._presenter.foreign)
        self.verify_button.setText(self.tr("Stop") if running else self.tr("Verify up to this entry"))
        self._show_outcome(proof.outcome if proof is not None else None)

    def _of_row(self, course: Course) -> tuple[str, Judgement]:
        if course.as_written is False:
            return self.tr("What is shown here is not what the journal says: the record was changed."), "bad"
        if course.as_written is None:
            return self.tr("Later entries of the journal changed what holds; they are listed above."), ""
        return "", ""

    def _show_outcome(self, outcome: Verification | None) -> None:
        self._outcome.setVisible(outcome is not None)
        if outcome is None:
            self._outcome.setText("")
            return
        fault = outcome.fault
        if fault is None:
            sentence = self.tr("Whole: {count} entries up to this one hold together, each with its seal.")
            if outcome.sealed_from > 1:
                sentence = self.tr(
                    "Whole: {count} entries up to this one hold together; those before No. {first} carry seals of a key"
                    " that was lost."
                )
            set_judgement(self._outcome, "ok")
            self._outcome.setText(sentence.format(count=outcome.entries, first=outcome.sealed_from))
            return
        words = {
            "sequence": self.tr("an entry is missing"),
            "link": self.tr("it does not follow from the one before"),
            "content": self.tr("its content was changed"),
            "seal": self.tr("its seal is not this station's"),
            "unreadable": self.tr("it cannot be read"),
        }
        sentence = self.tr("Not whole at entry No. {number}: {what}. Tell whoever looks after quality, and IT.")
        set_judgement(self._outcome, "bad")
        self._outcome.setText(sentence.format(number=fault.site_seq, what=words.get(fault.code, fault.code)))

    def _touched(self) -> None:
        if self._proof is not None and self._proof.outcome is None:
            self._presenter.stop_proof()
            self.show_proof(None)
        else:
            self._presenter.prove()


def _broken(value: str) -> str:
    """A long hash in pieces, so that a line can end between them."""
    return " ".join(value[place : place + 16] for place in range(0, len(value), 16)) if len(value) == 64 else value
