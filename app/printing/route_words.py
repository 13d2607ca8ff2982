"""Phrases that the papers of a dossier's way have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import short_date
from app.printing.fonts import BOLD_ITALIC, ITALIC
from app.printing.forms import Form
from app.printing.paragraph import Run


def day_and_hour(moment: datetime) -> str:
    """'21/09/2026' and below it '15:30': for a narrow column."""
    there = local(moment)
    return f"{short_date(there.date())}\n{there:%H:%M}"


def originals_runs(form: Form, originals: Sequence[str]) -> list[Run]:
    """Each original on a line of its own below its dossier, after the form's word for it."""
    return [run for name in originals
            for run in (("\n" + form.words["original"] + " ", BOLD_ITALIC), (name, ITALIC))]


def totals(form: Form, *counts: tuple[str, int]) -> str:
    """'10 hồ sơ; 12 bộ; 3 bản gốc': the first count always, others when they are not nought."""
    (first, many), *others = counts
    said = [form.words[first].format(count=f"{many:02d}")]
    said += [form.words[key].format(count=f"{count:02d}") for key, count in others if count]
    return "; ".join(said) + "."


def item_code_text(item_code: str) -> str:
    """'EB 473 124 829 VN' for thirteen signs without blanks (UPU S10-12 groups them so); others as they are."""
    if len(item_code) != 13:
        return item_code
    letters, digits, country = item_code[:2], item_code[2:11], item_code[11:]
    return " ".join((letters, digits[:3], digits[3:6], digits[6:], country))
