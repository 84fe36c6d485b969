"""Which labels, on what, and their way to a file or a printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.domain.labels import LabelFormat, LabelOptions, LabelSheet, format_named
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.printing.files import write_whole
from toolroom_desktop.printing.labels.paper import page_image, page_layout, paint_pages
from toolroom_desktop.services.labels import MAY_PRINT, LabelChoice, LabelDraft, LabelKind, MadeLabels
from toolroom_desktop.services.watching import Stoppable
from toolroom_desktop.ui.label_aim import Wanted, read_aim
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell

PREVIEW_PIXELS = 1400
"""The longer side of a page's picture: sharp enough to read the smallest letters."""
_USUAL = {LabelKind.KITS: "L7160", LabelKind.TOOLS: "L4731", LabelKind.BADGES: "CARD-A4"}
_NAMED = {LabelKind.KITS: Named.KIT, LabelKind.TOOLS: Named.TOOL, LabelKind.BADGES: Named.BADGE}
_MM_PER_INCH = 25.4
_PAPER_TOLERANCE_MM = 2.0


class Doing(Enum):
    """What the screen is at."""

    NOTHING = auto()
    LOOKING = auto()
    SAVING = auto()
    PRINTING = auto()


@dataclass(frozen=True, slots=True)
class Preview:
    """One page as it will be, and how many labels there are."""

    picture: QImage
    labels: int
    pages: int
    left_out: int


class LabelsView(Protocol):
    """What the presenter needs of the screen."""

    def show_choice(self) -> None:
        """Follow everything that is chosen, and what the presenter is at."""

    def show_preview(self, preview: Preview) -> None: ...
    def show_progress(self, done: int, total: int) -> None:
        """Called in whatever thread does the work."""

    def show_sentence(self, sentence: str) -> None: ...


class LabelsPresenter(Presenter):
    """Makes the preview anew whenever something else is chosen.

    kind     what is labelled
    names    which of them, as people call them; none: all, or all tools of `kit`
    page     which page is looked at, from 0
    """

    def __init__(self, shell: Shell, view: LabelsView) -> None:
        super().__init__(shell)
        self._view = view
        self._watch = Stoppable()
        self._look = 0
        self._aimed: Wanted | None = None
        self.kind = LabelKind.KITS
        self.names: tuple[str, ...] = ()
        self.kit = ""
        self.options = LabelOptions(format_named(_USUAL[LabelKind.KITS]))
        self.doing = Doing.NOTHING
        self.preview: Preview | None = None
        self.page = 0

    def aim(self, subject: str) -> None:
        """Begin with these labels."""
        self._aimed = read_aim(subject) if subject else None

    def enter(self) -> None:
        """Begin with what was asked for."""
        kinds = self.kinds
        wanted = self._aimed or Wanted(kinds[0] if kinds else LabelKind.KITS)
        self._aimed = None
        self.kind, self.names, self.kit = wanted.kind, wanted.names, wanted.kit
        self.options = LabelOptions(format_named(_USUAL[wanted.kind]))
        self.doing = Doing.NOTHING
        self._view.show_sentence("")
        self._changed()

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self._watch.stop()
        self.drop()

    @property
    def kinds(self) -> tuple[LabelKind, ...]:
        """What whoever is signed in may print labels for."""
        person = self.shell.session.person
        return tuple(
            kind for kind in LabelKind if person is not None and any(person.may(one) for one in MAY_PRINT[kind])
        )

    @property
    def ready(self) -> bool:
        """Whether there are labels to be saved or printed, and nothing is under way."""
        return self.doing is Doing.NOTHING and self.preview is not None

    # --- what is chosen

    def choose_kind(self, kind: LabelKind) -> None:
        """Labels of something else: all, or the kit whose tools they were."""
        usual = self.options.format.name == _USUAL[self.kind]
        self.names = (self.kit,) if kind is LabelKind.KITS and self.kit else ()
        self.kind, self.kit = kind, ""
        format_ = format_named(_USUAL[kind]) if usual else self.options.format
        self.options = replace(self.options, format=format_, start=1)
        self._changed()

    def choose_names(self, names: tuple[str, ...]) -> None:
        """Only these; none: all."""
        if names != self.names:
            self.names, self.kit = names, ""
            self._changed()

    def choose(self, options: LabelOptions) -> None:
        """Print them otherwise."""
        if options != self.options:
            self.options = options
            self._changed()

    def turn(self, by: int) -> None:
        """Another page."""
        if self.preview is not None:
            self.page = min(max(self.page + by, 0), self.preview.pages - 1)
            self._look_again()

    def scanned(self, code: str) -> None:
        """One more of those that are labelled, by its old label."""
        scanning, kind = self.shell.app.scanning, _NAMED[self.kind]

        def known(name: str) -> None:
            if name.casefold() not in (one.casefold() for one in self.names):
                self.choose_names((*self.names, name))

        def find() -> str:
            found = scanning.one(code, (kind,))
            return found.name if found.tool is not None else found.subject

        self._view.show_sentence("")
        self.ask(find, known, lambda _error: self.shell.navigator.follow_scan(code))

    def _changed(self) -> None:
        self.page = 0
        self._look_again()

    # --- looking

    def _look_again(self) -> None:
        self.forget(self._look)
        self.doing = Doing.LOOKING
        self._view.show_sentence("")
        self._view.show_choice()
        page = self.page

        def look() -> Preview:
            draft, sheet = self._sheet()
            width, height = sheet.options.format.page
            dots_per_inch = PREVIEW_PIXELS / max(width, height) * _MM_PER_INCH
            picture = page_image(sheet, min(page, sheet.pages - 1), dots_per_inch)
            return Preview(picture, sheet.count, sheet.pages, draft.left_out)

        self._look = self.ask(look, self._looked, self._look_failed)

    def _choice(self) -> LabelChoice:
        """In a worker: what people call things becomes what the services know them by."""
        if not self.names:
            return LabelChoice(self.kind, None, self.kit)
        kind = _NAMED[self.kind]
        return LabelChoice(
            self.kind, tuple(self.shell.app.scanning.one(name, (kind,)).subject for name in self.names), self.kit
        )

    def _sheet(self) -> tuple[LabelDraft, LabelSheet]:
        language = self.shell.session.language
        draft = self.shell.app.labels.draft(self._choice(), language=language, actor_badge=self.shell.badge)
        return draft, LabelSheet(draft.labels, self.options)

    def _looked(self, preview: Preview) -> None:
        self.doing = Doing.NOTHING
        self.preview = preview
        self.page = min(self.page, preview.pages - 1)
        self._view.show_preview(preview)
        self._view.show_choice()

    def _look_failed(self, error: UserFacingError) -> None:
        self.preview = None
        self._failed(error)

    # --- files and paper

    def file_name(self) -> str:
        """A name for the file."""
        return f"labels-{self.kind}-{self.options.format.name}.pdf"

    def save(self, path: Path) -> None:
        """Write the labels as PDF; an existing file was agreed to by the dialog."""
        labels, language, badge, options = (
            self.shell.app.labels,
            self.shell.session.language,
            self.shell.badge,
            self.options,
        )
        say = Messages(language).text
        watch = self._begin(Doing.SAVING)

        def write() -> MadeLabels:
            title = say(f"labels.title.{self.kind}")
            made = labels.pdf(
                self._choice(), options, language=language, title=title, file=path.name, actor_badge=badge, watch=watch
            )
            write_whole(path, made.pdf, overwrite=True)
            return made

        def written(made: MadeLabels) -> None:
            self._end(say("labels.written", count=made.labels, pages=made.pages, path=path))

        self.ask(write, written, self._failed)

    def print_to(self, printer: QPrinter) -> None:
        """Print the labels in their own size; raises nothing: what goes wrong is said."""
        labels, language, badge, options = (
            self.shell.app.labels,
            self.shell.session.language,
            self.shell.badge,
            self.options,
        )
        say = Messages(language).text
        watch = self._begin(Doing.PRINTING)

        def work() -> LabelSheet:
            check_paper(printer, options.format)
            sheet = labels.for_printer(
                self._choice(),
                options,
                language=language,
                title=say(f"labels.title.{self.kind}"),
                printer=printer.printerName(),
                actor_badge=badge,
            )
            paint_pages(sheet, printer, printer.resolution(), watch)
            return sheet

        def printed(sheet: LabelSheet) -> None:
            self._end(say("labels.printed", count=sheet.count, pages=sheet.pages))

        self.ask(work, printed, self._failed)

    def stop(self) -> None:
        """End what is under way."""
        self._watch.stop()

    def _begin(self, doing: Doing) -> Stoppable:
        self.doing = doing
        self._watch = Stoppable(self._view.show_progress)
        self._view.show_sentence("")
        self._view.show_choice()
        return self._watch

    def _end(self, sentence: str) -> None:
        self.doing = Doing.NOTHING
        self._view.show_choice()
        self._view.show_sentence(sentence)

    def _failed(self, error: UserFacingError) -> None:
        stopped = error.code == "import.cancelled"
        self._end("" if stopped else self.shell.sentence(error))


def printer_for(format_: LabelFormat, make: Callable[[QPrinter.PrinterMode], QPrinter] = QPrinter) -> QPrinter:
    """A printer set up for the paper of that format, edge to edge and in its own size."""
    printer = make(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout(format_))
    printer.setFullPage(True)
    printer.setDocName(f"Toolroom {format_.name}")
    return printer


def check_paper(printer: QPrinter, format_: LabelFormat) -> None:
    """Raise `BadInput("labels.other_paper")` where the paper that was chosen in the dialog is another one."""
    paper = printer.pageLayout().fullRect(printer.pageLayout().Unit.Millimeter).size()
    width, height = format_.page
    if abs(paper.width() - width) > _PAPER_TOLERANCE_MM or abs(paper.height() - height) > _PAPER_TOLERANCE_MM:
        raise BadInput(
            "labels.other_paper",
            format=format_.name,
            wanted=f"{width:g} x {height:g}",
            found=f"{paper.width():.0f} x {paper.height():.0f}",
        )
