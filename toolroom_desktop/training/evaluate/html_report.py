"""The report as one HTML page that needs nothing else: headline figures first, then what went wrong, then tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.training.evaluate.intervals import Share
from toolroom_desktop.training.evaluate.judge import KitFigures
from toolroom_desktop.training.evaluate.pictures import Gallery, Shown
from toolroom_desktop.training.evaluate.report import Report, photo_shares
from toolroom_desktop.training.evaluate.text_report import choice_lines
from toolroom_desktop.training.evaluate.words import Words

_STYLE = """
:root{--good:#1d7a3e;--bad:#b3261e;--warn:#8a5a00;--line:#d5d9de;--soft:#f3f5f7;--ink:#1c2329;--dim:#56616b}
*{box-sizing:border-box}
body{font:16px/1.45 Inter,"Segoe UI",system-ui,sans-serif;color:var(--ink);margin:0 auto;max-width:1180px;padding:24px}
h1{font-size:26px;margin:0 0 4px}h2{font-size:20px;margin:36px 0 10px}p{margin:6px 0}.dim{color:var(--dim)}
.notice{border-left:5px solid var(--warn);background:#fff6e5;padding:10px 14px;margin:14px 0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:12px;margin:18px 0}
.card{display:grid;grid-row:span 3;grid-template-rows:subgrid;row-gap:2px}
.card{border:1px solid var(--line);border-top:5px solid var(--dim);border-radius:6px;padding:12px 14px}
.card b{display:block;font-size:30px;line-height:1.15}.card.good{border-top-color:var(--good)}
.card.bad{border-top-color:var(--bad)}.card.bad b{color:var(--bad)}.card small{color:var(--dim);display:block}
.gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(340px,1fr));gap:14px}
figure{margin:0;border:1px solid var(--line);border-radius:6px;overflow:hidden;background:var(--soft)}
figure.bad{border:2px solid var(--bad)}
figure img{display:block;width:100%;aspect-ratio:4/3;object-fit:contain;background:#2a2f34}
figcaption{padding:8px 12px;font-size:14px}figcaption b{display:block}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:14px;margin:8px 0}
th,td{border:1px solid var(--line);padding:4px 9px;text-align:right}th{background:var(--soft)}
th:first-child,td:first-child{text-align:left}td.hit{background:#d9f0e0}td.miss{background:#fbdcd9;font-weight:600}
.confusion th{white-space:nowrap}.confusion td{min-width:44px;text-align:center}
.confusion thead th{writing-mode:vertical-rl;text-align:right;padding:8px 6px}
footer{margin:40px 0 10px;font-size:13px;color:var(--dim)}
@media print{figure,.card,tr{break-inside:avoid}}
"""


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield '<div class="wide"><table><thead><tr>'
    yield "".join(f"<th>{escape(title)}</th>" for title in titles)
    yield "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div>"


def _flowing(text: str) -> str:
    """Text that is broken into lines, with every figure and its sign on the same one."""
    return escape(text).replace(" %", "&nbsp;%").replace("× ", "×&nbsp;")


def _card(title: str, value: str, detail: str, grade: str = "") -> str:
    return (
        f'<div class="card {grade}"><span>{escape(title)}</span><b>{_flowing(value)}</b>'
        f"<small>{_flowing(detail)}</small></div>"
    )


class _Page:
    def __init__(self, report: Report, gallery: Gallery, words: Words) -> None:
        self.report = report
        self.gallery = gallery
        self.words = words
        self.text = words.text

    def parts(self) -> Iterator[str]:
        """The page from its head to its foot."""
        title = self.text("evaluate.html.title", model=self.report.knowledge.name)
        yield f'<!DOCTYPE html><html lang="{self.words.messages.language}"><head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        yield f"<h1>{escape(title)}</h1>"
        yield from self._about()
        yield from self._headline()
        yield from self._wrong()
        yield from self._refused()
        yield from self._examples()
        yield from self._choice()
        yield from self._kit_tables()
        yield from self._box_tables()
        yield f"<footer>{escape(self.text('evaluate.html.method'))}</footer></body></html>"

    def _about(self) -> Iterator[str]:
        report, task = self.report, self.report.task
        yield f'<p class="dim">{escape(self._made_by())}</p>'
        if report.measured.partial:
            made, planned = len(report.measured.results), report.measured.planned
            yield f'<p class="notice">{escape(self.text("evaluate.partial", made=made, planned=planned))}</p>'
        if not task.kit_photos:
            yield f'<p class="notice">{escape(self.text("evaluate.no_kit_photo"))}</p>'
        if report.kit is not None:
            photos = len(report.measured.used_photos)
            yield f'<p class="dim">{escape(self.text("evaluate.few_photos", photos=photos))}</p>'

    def _made_by(self) -> str:
        report, task = self.report, self.report.task
        return self.text(
            "evaluate.title",
            model=report.knowledge.name,
            sha256=report.knowledge.sha256[:12],
            dataset=task.dataset.path.name,
            split=task.dataset.split.value,
            photos=len(report.measured.pictures),
        )

    def _headline(self) -> Iterator[str]:
        words, report = self.words, self.report
        yield '<div class="cards">'
        if report.kit is not None:
            kit = report.kit
            yield self._share_card(
                "evaluate.false_passes", kit.false_passes, bad=kit.false_passes.count > 0, count=True
            )
            yield self._share_card("evaluate.first_pass", kit.first_pass, bad=(kit.first_pass.value or 0) < 0.95)
            yield _card(self.text("evaluate.counted"), words.percent(kit.counted.value), words.share(kit.counted))
            yield self._share_card(
                "evaluate.overlooked", kit.foreign_overlooked, bad=kit.foreign_overlooked.count > 0, count=True
            )
            yield self._share_card(
                "evaluate.sizes_overlooked", kit.sizes_overlooked, bad=kit.sizes_overlooked.count > 0, count=True
            )
        boxes = report.boxes
        cases = self.text("evaluate.html.box_cases", tools=boxes.tools, photos=boxes.pictures)
        yield _card("mAP50 / mAP50-95", f"{words.number(boxes.map50, 3)} / {words.number(boxes.map50_95, 3)}", cases)
        if report.speed is not None:
            speed = report.speed
            detail = self.text(
                "evaluate.html.speed_cases",
                count=speed.inspections,
                threads=speed.threads,
                slowest=words.number(speed.slowest_tenth),
            )
            value = f"{words.number(speed.median, 0)} {self.text('evaluate.html.ms')}"
            yield _card(self.text("evaluate.html.speed"), value, detail)
        yield "</div>"

    def _share_card(self, code: str, share: Share, *, bad: bool, count: bool = False) -> str:
        value = "–" if not share.of else str(share.count) if count else self.words.percent(share.value)
        grade = "" if not share.of else "bad" if bad else "good"
        return _card(self.text(code), value, self.words.share(share), grade)

    def _wrong(self) -> Iterator[str]:
        report, gallery = self.report, self.gallery
        yield f"<h2>{escape(self.text('evaluate.html.false_passes'))}</h2>"
        accepted = [shown for shown in gallery.photos if shown.photo and not shown.photo.result.complete]
        if not report.false_passes:
            yield f"<p>{escape(self.text('evaluate.html.no_false_pass'))}</p>"
        total = report.false_passes
        yield from self._figures([*accepted, *gallery.false_passes], total, grade="bad")
        if report.kit is None:
            return
        for heading, shown, share in (
            ("evaluate.html.overlooked", gallery.overlooked, report.kit.foreign_overlooked),
            ("evaluate.html.sizes_overlooked", gallery.sizes, report.kit.sizes_overlooked),
        ):
            if shown:
                yield f"<h2>{escape(self.text(heading))}</h2>"
                yield from self._figures(shown, share.count)

    def _refused(self) -> Iterator[str]:
        kept = [shown for shown in self.gallery.photos if shown.photo and shown.photo.result.complete]
        shown = [*kept, *self.gallery.refused]
        if not shown:
            return
        total = sum(j.refused for j in self.report.judged) + sum(
            p.result.complete and p.inspection.status is not Status.SUCCESS for p in self.report.photos
        )
        yield f"<h2>{escape(self.text('evaluate.html.refused'))}</h2>"
        yield from self._figures(shown, total)

    def _examples(self) -> Iterator[str]:
        if self.gallery.examples:
            yield f"<h2>{escape(self.text('evaluate.html.examples'))}</h2>"
            yield from self._figures(self.gallery.examples, len(self.gallery.examples))

    def _figures(self, shown: Sequence[Shown], total: int, grade: str = "") -> Iterator[str]:
        if total > len(shown):
            yield f'<p class="dim">{escape(self.text("evaluate.html.some_of", shown=len(shown), total=total))}</p>'
        yield '<div class="gallery">'
        for one in shown:
            if one.trial is not None:
                result, inspection = one.trial.result, one.trial.inspection
                head = self.words.done(result.trial, result.absent, result.brought)
                line = self.words.trial(one.trial)
            elif one.photo is not None:
                inspection, line = one.photo.inspection, self.words.photo(one.photo)
                head = self.text("evaluate.html.as_taken")
            else:
                continue
            verdict = self.words.verdict(inspection)
            yield f'<figure class="{grade}"><img src="{one.url}" alt="{escape(line)}"><figcaption><b>{escape(head)}</b>'
            yield f'{_flowing(verdict)}<br><span class="dim">{_flowing(line)}</span></figcaption></figure>'
        yield "</div>"

    def _choice(self) -> Iterator[str]:
        choice = self.report.choice
        if choice is None:
            return
        yield f"<h2>{escape(self.text('evaluate.html.choice'))}</h2>"
        for line in choice_lines(choice, self.words):
            yield f"<p>{escape(line.strip())}</p>"
        before = self.report.before
        if before is not None:
            false_passes, first_pass = self.words.share(before.false_passes), self.words.share(before.first_pass)
            text = self.text("evaluate.html.before", false_passes=false_passes, first_pass=first_pass)
            yield f"<p>{escape(text)}</p>"

    def _kit_tables(self) -> Iterator[str]:
        kit = self.report.kit
        if kit is not None:
            yield from self._kind_tables(kit)
            yield from self._class_table(kit)
        shares = photo_shares(self.report.photos)
        if self.report.photos:
            yield f"<h2>{escape(self.text('evaluate.as_taken'))}</h2>"
            named = (("evaluate.false_passes", shares.false_passes), ("evaluate.first_pass", shares.first_pass))
            for code, share in named:
                yield f"<p>{escape(self.text(code))}: {escape(self.words.share(share))}</p>"

    def _kind_tables(self, kit: KitFigures) -> Iterator[str]:
        words, task = self.words, self.report.task
        yield f"<h2>{escape(self.text('evaluate.html.kinds'))}</h2>"
        if task.foreign is not None:
            origin = self.text(f"evaluate.foreign_{task.foreign.origin}", count=task.foreign.count)
            yield f'<p class="dim">{escape(origin)}</p>'
        not_made = sum(self.report.measured.not_made.values())
        if not_made:
            yield f'<p class="dim">{escape(self.text("evaluate.not_made", count=not_made))}</p>'
        statuses = [self.text(f"cli.status.{status.value}") for status in Status]
        yield from _table(
            [self.text("evaluate.column.kind"), self.text("evaluate.column.trials"), *statuses],
            (
                [
                    words.kind(one.kind),
                    str(one.success.of),
                    words.share(one.success),
                    str(one.discrepancy),
                    str(one.manual_check),
                ]
                for one in kit.kinds
            ),
        )
        titles = [self.text("evaluate.false_passes"), self.text("evaluate.first_pass")]
        yield f"<h2>{escape(self.text('evaluate.html.disturbances'))}</h2>"
        yield from _table(
            [self.text("evaluate.column.disturbance"), *titles],
            (
                [words.disturbance_kind(kind), words.share(pair.false_passes), words.share(pair.first_pass)]
                for kind, pair in kit.disturbances.items()
            ),
        )
        yield f"<h2>{escape(self.text('evaluate.html.photos'))}</h2>"
        yield from _table(
            [self.text("evaluate.column.photo"), *titles],
            ([name, words.share(pair.false_passes), words.share(pair.first_pass)] for name, pair in kit.photos.items()),
        )

    def _class_table(self, kit: KitFigures) -> Iterator[str]:
        words, thresholds = self.words, self.report.thresholds
        knowledge = self.report.knowledge
        yield f"<h2>{escape(self.text('evaluate.html.classes'))}</h2>"
        rows: list[list[str]] = []
        for name in kit.doubtful:
            accept = thresholds.accept_of(name, knowledge.group_of(name))
            shown = self.text("evaluate.html.never") if accept is None else words.number(accept, 3)
            rows.append([words.name(name), shown, words.share(kit.missed[name]), words.share(kit.doubtful[name])])
        titles = (
            "evaluate.column.class",
            "evaluate.column.accept",
            "evaluate.column.missed",
            "evaluate.column.doubtful",
        )
        yield from _table([self.text(code) for code in titles], rows)

    def _box_tables(self) -> Iterator[str]:
        words, boxes = self.words, self.report.boxes
        yield f"<h2>{escape(self.text('evaluate.html.boxes'))}</h2>"
        titles = [self.text(f"evaluate.column.{name}") for name in ("class", "tools", "precision", "recall")]
        yield from _table(
            [*titles, "AP50", "AP50-95"],
            (
                [
                    words.name(one.tool_class),
                    str(one.tools),
                    *(words.number(value, 3) for value in (one.precision, one.recall, one.ap50, one.ap50_95)),
                ]
                for one in boxes.classes
            ),
        )
        confidence = words.number(boxes.best_confidence, 3)
        yield f'<p class="dim">{escape(self.text("evaluate.precision_at", confidence=confidence))}</p>'
        title = self.text("evaluate.confusion", confidence=words.number(boxes.confusion_confidence, 2))
        yield f"<h2>{escape(title)}</h2>"
        names = [*(words.name(name) for name in boxes.names), self.text("evaluate.background")]
        # The names of the columns stand upright: eleven tools side by side are wider than a screen or a sheet.
        yield '<div class="wide"><table class="confusion"><thead><tr><th></th>'
        yield "".join(f"<th>{escape(name)}</th>" for name in names) + "</tr></thead><tbody>"
        for row, (name, counts) in enumerate(zip(names, boxes.confusion, strict=True)):
            cells = ""
            for column, count in enumerate(counts):
                mark = "" if not count else "hit" if row == column else "miss"
                cells += f'<td class="{mark}">{count or ""}</td>'
            yield f"<tr><th>{escape(name)}</th>{cells}</tr>"
        yield "</tbody></table></div>"


def html_report(report: Report, gallery: Gallery, words: Words) -> str:
    """The whole page."""
    return "\n".join(_Page(report, gallery, words).parts()) + "\n"
