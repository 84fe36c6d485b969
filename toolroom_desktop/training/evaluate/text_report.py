"""The report as plain text, for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolroom_desktop.training.evaluate.choose import LOWEST, MARGIN, Choice
from toolroom_desktop.training.evaluate.judge import KitFigures
from toolroom_desktop.training.evaluate.report import Report, photo_shares
from toolroom_desktop.training.evaluate.words import Words

_MOST_LISTED = 20


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in (titles, *rows)) for place in range(len(titles))]
    for row in (titles, ["-" * width for width in widths], *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def _head(report: Report, words: Words) -> Iterator[str]:
    task = report.task
    yield words.text(
        "evaluate.title",
        model=report.knowledge.name,
        sha256=report.knowledge.sha256[:12],
        dataset=task.dataset.path.name,
        split=task.dataset.split.value,
        photos=len(report.measured.pictures),
    )
    if report.measured.partial:
        yield words.text("evaluate.partial", made=len(report.measured.results), planned=report.measured.planned)
    yield ""


def _kit(report: Report, kit: KitFigures, words: Words) -> Iterator[str]:
    measured, task = report.measured, report.task
    yield words.text(
        "evaluate.trials", made=kit.trials, photos=len(measured.used_photos), seed=task.seed, frames=task.frames
    )
    yield f"  {words.text('evaluate.false_passes')}: {words.share(kit.false_passes)}"
    yield f"  {words.text('evaluate.first_pass')}: {words.share(kit.first_pass)}"
    yield f"  {words.text('evaluate.counted')}: {words.share(kit.counted)}"
    yield f"  {words.text('evaluate.named')}: {words.share(kit.named)}"
    yield f"  {words.text('evaluate.overlooked')}: {words.share(kit.foreign_overlooked)}"
    yield f"  {words.text('evaluate.sizes_overlooked')}: {words.share(kit.sizes_overlooked)}"
    if task.foreign is not None:
        yield "  " + words.text(f"evaluate.foreign_{task.foreign.origin}", count=task.foreign.count)
    if sum(measured.not_made.values()):
        yield "  " + words.text("evaluate.not_made", count=sum(measured.not_made.values()))
    yield "  " + words.text("evaluate.few_photos", photos=len(measured.used_photos))
    yield ""
    statuses = [words.text(f"cli.status.{status}") for status in ("success", "discrepancy", "manual_check")]
    yield from _table(
        [words.text("evaluate.column.kind"), words.text("evaluate.column.trials"), *statuses],
        [
            [words.kind(one.kind), *map(str, (one.success.of, one.success.count, one.discrepancy, one.manual_check))]
            for one in kit.kinds
        ],
    )
    yield ""
    yield from _table(
        [
            words.text("evaluate.column.disturbance"),
            words.text("evaluate.false_passes"),
            words.text("evaluate.first_pass"),
        ],
        [
            [words.disturbance_kind(kind), words.ratio(pair.false_passes), words.ratio(pair.first_pass)]
            for kind, pair in kit.disturbances.items()
        ],
    )
    yield ""
    wrong = [judged for judged in report.judged if judged.false_pass]
    for judged in wrong[:_MOST_LISTED]:
        yield "! " + words.trial(judged)
    if len(wrong) > _MOST_LISTED:
        yield words.text("evaluate.more", count=len(wrong) - _MOST_LISTED)
    if wrong:
        yield ""


def choice_lines(choice: Choice, words: Words) -> Iterator[str]:
    """What was chosen, and what it does."""
    yield words.text(
        "evaluate.chosen",
        review=words.number(choice.review, 2),
        margin=words.number(MARGIN, 2),
        lowest=words.number(LOWEST, 2),
    )
    for name, accept in choice.accept.items():
        yield f"  {words.name(name)}: {words.number(accept, 3)}"
    yield "  " + words.text("evaluate.chosen_false_passes", share=words.share(choice.false_passes))
    yield "  " + words.text("evaluate.chosen_first_pass", share=words.share(choice.first_pass))
    yield "  " + words.text(
        "evaluate.checked",
        false_passes=words.share(choice.checked_false_passes),
        first_pass=words.share(choice.checked_first_pass),
    )
    if choice.unstoppable:
        yield "  " + words.text("evaluate.unstoppable", count=choice.unstoppable)
    for classes in choice.never:
        yield "  " + words.text("evaluate.never", names=words.name_list(sorted(classes)))
    if choice.sizes:
        yield words.text("evaluate.chosen_sizes")
        largest = max(size.usual for size in choice.sizes.values())
        for name, size in choice.sizes.items():
            factors = (1.0, size.least, size.most)
            usual, least, most = (words.number(size.usual / largest * factor, 2) for factor in factors)
            yield f"  {words.name(name)}: {usual} ({least}–{most})"


def _boxes(report: Report, words: Words) -> Iterator[str]:
    boxes = report.boxes
    yield words.text(
        "evaluate.boxes",
        map50=words.number(boxes.map50, 3),
        map50_95=words.number(boxes.map50_95, 3),
        tools=boxes.tools,
        photos=boxes.pictures,
    )
    titles = [
        words.text("evaluate.column.class"),
        words.text("evaluate.column.tools"),
        words.text("evaluate.column.precision"),
        words.text("evaluate.column.recall"),
        "AP50",
        "AP50-95",
    ]
    rows = [
        [
            words.name(one.tool_class),
            str(one.tools),
            *(words.number(value, 3) for value in (one.precision, one.recall, one.ap50, one.ap50_95)),
        ]
        for one in boxes.classes
    ]
    yield from _table(titles, rows)
    yield words.text("evaluate.precision_at", confidence=words.number(boxes.best_confidence, 3))
    yield ""
    yield words.text("evaluate.confusion", confidence=words.number(boxes.confusion_confidence, 2))
    numbers = [*(str(place) for place in range(1, len(boxes.names) + 1)), "–"]
    yield from _table(
        ["", *numbers],
        [
            [f"{number} {words.name(name) if name else words.text('evaluate.background')}", *map(str, row)]
            for number, name, row in zip(numbers, [*boxes.names, ""], boxes.confusion, strict=True)
        ],
    )
    yield ""


def text_report(report: Report, words: Words) -> str:
    """The whole report."""
    lines = list(_head(report, words))
    if report.kit is not None:
        lines += _kit(report, report.kit, words)
    elif not report.task.kit_photos:
        lines += [words.text("evaluate.no_kit_photo"), ""]
    shares = photo_shares(report.photos)
    if report.photos:
        lines.append(words.text("evaluate.as_taken"))
        lines.append(f"  {words.text('evaluate.false_passes')}: {words.share(shares.false_passes)}")
        lines.append(f"  {words.text('evaluate.first_pass')}: {words.share(shares.first_pass)}")
        lines.append("")
    if report.choice is not None:
        lines += [*choice_lines(report.choice, words), ""]
    lines += _boxes(report, words)
    if report.speed is not None:
        lines.append(
            words.text(
                "evaluate.speed",
                median=words.number(report.speed.median),
                slowest=words.number(report.speed.slowest_tenth),
                count=report.speed.inspections,
                threads=report.speed.threads,
                frames=report.speed.frames,
            )
        )
    return "\n".join(lines) + "\n"
