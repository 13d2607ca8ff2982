"""Answers that are marked and not stored yet, list by list: by scanning back, or by keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.life.facts import LineVerdict
from app.domain.manifest import LineState
from app.services.handover.answering import Answer, Extra
from app.store.queries.manifests import ManifestLine
from ui.models.manifest_rows import AnswerRow
from ui.translations import tr


@dataclass
class Marks:
    """Of one list. `by_code`: code → (verdict, reason); `extras` by code."""

    by_code: dict[str, tuple[LineVerdict, str]] = field(default_factory=dict)
    extras: dict[str, Extra] = field(default_factory=dict)


class Answering:
    """Marks of all lists that are being answered; a line that somebody answered meanwhile loses its mark."""

    def __init__(self) -> None:
        self._marks: dict[str, Marks] = {}

    def has_marks(self, manifest: str) -> bool:
        held = self._marks.get(manifest)
        return held is not None and bool(held.by_code or held.extras)

    def is_busy(self) -> bool:
        """Something is marked and not stored."""
        return any(map(self.has_marks, self._marks))

    def mark(self, manifest: str, code: str, verdict: LineVerdict, reason: str = "") -> None:
        self._of(manifest).by_code[code] = (verdict, reason)

    def add_extra(self, manifest: str, extra: Extra) -> None:
        self._of(manifest).extras[extra.code] = extra

    def unmark(self, manifest: str, code: str) -> None:
        held = self._of(manifest)
        held.by_code.pop(code, None)
        held.extras.pop(code, None)

    def clear(self, manifest: str) -> None:
        self._marks.pop(manifest, None)

    def rows(self, manifest: str, lines: Sequence[ManifestLine]) -> tuple[AnswerRow, ...]:
        """The lines with their marks, extra dossiers behind them."""
        held = self._of(manifest)
        still_open = {line.code for line in lines if line.state is LineState.OPEN}
        held.by_code = {code: said for code, said in held.by_code.items() if code in still_open}
        found = []
        for line in lines:
            verdict, reason = held.by_code.get(line.code, (None, ""))
            found.append(AnswerRow(line.code, line, verdict, reason))
        return (*found, *(
            AnswerRow(extra.code, None, LineVerdict.EXTRA, extra=extra) for extra in held.extras.values()
        ))

    def answers(self, manifest: str) -> tuple[Answer, ...]:
        return tuple(
            Answer(code, verdict, reason) for code, (verdict, reason) in self._of(manifest).by_code.items()
        )

    def extras(self, manifest: str) -> tuple[str, ...]:
        return tuple(self._of(manifest).extras)

    def summary(self, manifest: str) -> str:
        """What will be stored: "nhận 9, từ chối 1"."""
        counts = Counter(verdict for verdict, _ in self._of(manifest).by_code.values())
        parts = []
        if counts[LineVerdict.ACCEPTED]:
            parts.append(tr("nhận {n}", n=counts[LineVerdict.ACCEPTED]))
        if counts[LineVerdict.REFUSED]:
            parts.append(tr("từ chối {n}", n=counts[LineVerdict.REFUSED]))
        if counts[LineVerdict.MISSING]:
            parts.append(tr("thiếu {n}", n=counts[LineVerdict.MISSING]))
        if extras := len(self._of(manifest).extras):
            parts.append(tr("ngoài danh sách {n}", n=extras))
        return ", ".join(parts)

    def _of(self, manifest: str) -> Marks:
        return self._marks.setdefault(manifest, Marks())
