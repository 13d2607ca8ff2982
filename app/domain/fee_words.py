"""Fees in Vietnamese for the papers a citizen takes home: how a fee is counted, and why the sum is what it is.

Official wording; it never passes through a translation.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.fee import FeeDue
from app.domain.fee_formula import Count, Formula
from app.domain.fee_relief import Relief, TakenOff
from app.domain.intake import ChargedFee
from app.domain.money import format_money
from app.domain.papers import FeeLine


def formula_words(formula: Formula) -> str:
    """"2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản"."""
    parts = [format_money(formula.base)] if formula.base else []
    for at, step in enumerate(formula.prices):
        if at == 0 and not step.price and formula.base:
            continue               # the first units are in the base
        price = format_money(step.price) if formula.is_bracket else f"{format_money(step.price)}/{formula.unit}"
        parts.append(price if at == 0 else f"từ {formula.unit} thứ {step.first}: {price}")
    if formula.most_each is not None:
        parts.append(f"tối đa {format_money(formula.most_each)}" + (f"/{formula.whole}" if formula.whole else ""))
    if formula.most is not None:
        parts.append(f"tất cả không quá {format_money(formula.most)}")
    return "; ".join(parts)


def counts_words(formula: Formula, counts: Sequence[Count]) -> str:
    """"2 trang × 3 bản, 5 trang"."""
    return ", ".join(
        f"{each.units} {formula.unit}" + (f" × {each.wholes} {formula.whole}" if each.wholes != 1 else "")
        for each in counts
    )


def relief_words(taken: TakenOff) -> str:
    """"miễn 200.000 đ: Người thuộc hộ nghèo", "giảm 8.000 đ: Nộp trực tuyến"."""
    act = "miễn" if taken.percent == 100 else "giảm"
    return f"{act} {format_money(taken.off)}: {taken.name}" if taken.off is not None else f"{act}: {taken.name}"


def paper_note(fee: ChargedFee) -> str:
    """What stands beside the fee on a paper: the count and what was taken off; "" for a plain amount."""
    parts = []
    if fee.formula is not None and fee.counts:
        parts.append(counts_words(fee.formula, fee.counts))
    if fee.relief is not None:
        parts.append(relief_words(fee.relief))
    return "; ".join(parts)


def reliefs_words(reliefs: Sequence[Relief]) -> str:
    """Who would pay less: "giảm 100.000 đ: Sinh viên, Người có công; miễn: Trẻ em"."""
    alike: dict[tuple[int, int], list[str]] = {}
    for relief in reliefs:
        alike.setdefault((relief.percent, relief.amount), []).append(relief.name)
    return "; ".join(f"{_less(percent, amount)}: {', '.join(names)}" for (percent, amount), names in alike.items())


def _less(percent: int, amount: int) -> str:
    if percent == 100:
        return "miễn"
    return f"giảm {percent} %" if percent else f"giảm {format_money(amount)}"


def charged_line(fee: ChargedFee) -> FeeLine:
    """On the paper of a dossier."""
    return FeeLine(fee.name, fee.amount, paper_note(fee))


def announced_line(line: FeeDue) -> FeeLine:
    """On a paper for somebody who has handed in nothing yet: how it is counted, and who would pay less."""
    rate = formula_words(line.formula) if line.formula is not None else ""
    return FeeLine(line.name, line.amount, "; ".join(filter(None, (line.note, reliefs_words(line.reliefs)))), rate)
