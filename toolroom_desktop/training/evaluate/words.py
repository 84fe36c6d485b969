"""How the report says its numbers and names, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.training.evaluate.intervals import Share
from toolroom_desktop.training.evaluate.judge import Judged, PhotoJudged
from toolroom_desktop.training.evaluate.plan import Disturbance, DisturbanceKind, Trial, TrialKind


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. `names` are what people call the classes."""

    messages: Messages
    names: Mapping[str, str]

    def text(self, code: str, /, **details: object) -> str:
        """A sentence."""
        return self.messages.text(code, **details)

    def number(self, value: float, digits: int = 1) -> str:
        """A number as the language writes it."""
        text = f"{value:.{digits}f}"
        return text.replace(".", ",") if self.messages.language == "ru" else text

    def percent(self, value: float | None, digits: int = 1) -> str:
        """A share 0..1 in per cent; a dash for none."""
        return "–" if value is None else f"{self.number(100 * value, digits)} %"

    def share(self, share: Share) -> str:
        """The count, the share and its interval."""
        if not share.of:
            return self.text("evaluate.no_cases")
        return self.text(
            "evaluate.share",
            count=share.count,
            of=share.of,
            value=self.percent(share.value),
            low=self.number(100 * share.low),
            high=self.percent(share.high),
        )

    def ratio(self, share: Share) -> str:
        """The count and the share without its interval, for tables."""
        return "–" if not share.of else f"{share.count} / {share.of}"

    def name(self, tool_class: str) -> str:
        """What people call a class."""
        return self.names.get(tool_class) or tool_class

    def name_list(self, classes: Sequence[str]) -> str:
        """Names in a row."""
        return ", ".join(self.name(one) for one in classes)

    def kind(self, kind: TrialKind) -> str:
        """A kind of trial."""
        return self.text(f"evaluate.kind.{kind.value}")

    def disturbance_kind(self, kind: DisturbanceKind) -> str:
        """A kind of disturbance."""
        return self.text(f"evaluate.disturbance.{kind.value}")

    def status(self, inspection: Inspection) -> str:
        """The status of an inspection."""
        return self.text(f"cli.status.{inspection.status.value}")

    def disturbance(self, disturbance: Disturbance) -> str:
        """What was done to the picture, with its measures."""
        parts: list[str] = []
        if disturbance.turn:
            parts.append(self.text("evaluate.turned", degrees=round(disturbance.turn)))
        if disturbance.brightness != 1:
            parts.append(self.text("evaluate.dimmed", factor=self.number(disturbance.brightness, 2)))
        if disturbance.blur:
            parts.append(self.text("evaluate.blurred", sigma=self.number(disturbance.blur, 2)))
        if disturbance.noise:
            parts.append(self.text("evaluate.noisy", sigma=self.number(disturbance.noise)))
        if disturbance.scale != 1:
            parts.append(self.text("evaluate.scaled", factor=self.number(disturbance.scale, 2)))
        return "; ".join(parts) or self.disturbance_kind(DisturbanceKind.NONE)

    def done(self, trial: Trial, absent: str | None, brought: str | None) -> str:
        """What was done to the kit, with the names of the tools."""
        return self.text(
            f"evaluate.done.{trial.kind.value}",
            absent=self.name(absent or ""),
            brought=self.name(brought or ""),
        )

    def verdict(self, inspection: Inspection) -> str:
        """The status with what stood in the way, most doubtful position first."""
        parts: list[str] = []
        for code, positions in (("evaluate.missing", inspection.missing), ("evaluate.unsure", inspection.unsure)):
            listed = sorted(positions, key=lambda p: p.confidence)
            if listed:
                shown = ", ".join(f"{self.name(p.tool_class)} {self.percent(p.confidence, 0)}" for p in listed)
                parts.append(self.text(code, names=shown))
        if inspection.extras:
            shown = ", ".join(f"{self.name(e.tool_class)} {self.percent(e.confidence, 0)}" for e in inspection.extras)
            parts.append(self.text("evaluate.extras", names=shown))
        if inspection.picture_problems:
            problems = ", ".join(self.text(f"cli.picture.{p.value}") for p in sorted(inspection.picture_problems))
            parts.append(problems)
        return "; ".join([self.status(inspection), *parts])

    def trial(self, judged: Judged) -> str:
        """One trial in a line."""
        result = judged.result
        return self.text(
            "evaluate.trial",
            number=result.trial.number,
            photo=result.photo,
            done=self.done(result.trial, result.absent, result.brought),
            disturbance=self.disturbance(result.trial.disturbance),
        )

    def photo(self, photo: PhotoJudged) -> str:
        """One photo as it was taken in a line."""
        code = "evaluate.photo_complete" if photo.result.complete else "evaluate.photo_incomplete"
        return self.text(code, photo=photo.result.photo, absent=self.name_list(photo.result.absent) or "–")
