"""Every invented paper of the cash desk under one name, with the sizes it is printed in and what it is called."""

from __future__ import annotations

from typing import Any

from tests.app.printing import money_samples as samples

RECEIPT_SIZES = ("A5 landscape", "A5", "A4")
SIZES: dict[str, tuple[str, ...]] = {
    "RECEIPT": RECEIPT_SIZES, "SLIP": RECEIPT_SIZES, "MINUTES": ("A4", "A5"), "REMITTANCE": ("A4 landscape",),
    "TRANSFER": ("A5", "A6", "A4"),
}
EVERYDAY: dict[str, Any] = {name: getattr(samples, name) for name in SIZES}
SHEETS: dict[str, Any] = {name: paper for name, paper in vars(samples).items()
                          if name.partition("_")[0] in SIZES and name.isupper() and name != "RECEIPT_SIZES"}
CASES = [(name, size) for name in SHEETS for size in SIZES[name.partition("_")[0]]]


def called(paper: Any) -> str:
    """What the foot of a paper and, but for a transfer slip, its codes hold."""
    for name in ("name", "number", "called"):
        if getattr(paper, name, ""):
            return str(getattr(paper, name))
    raise AssertionError(paper)
