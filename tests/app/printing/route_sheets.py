"""Every invented paper of a dossier's way under one name, with the sizes it is printed in."""

from __future__ import annotations

from typing import Any

from tests.app.printing import route_samples as samples

LANDSCAPE = "A4 landscape"
SIZES: dict[str, tuple[str, ...]] = {
    "HANDOVER": (LANDSCAPE,), "DISCREPANCY": ("A4", "A5"), "RESULTS": (LANDSCAPE,), "RETURNED": ("A5", "A4"),
    "POST": (LANDSCAPE,), "PICKUP": ("A5", "A4"), "GROUP": (LANDSCAPE,), "SHIFT": ("A4", "A5"),
    "DIGEST": ("A4", LANDSCAPE), "OBSTACLES": (LANDSCAPE,),
}
EVERYDAY: dict[str, Any] = {name: getattr(samples, name) for name in SIZES}
SHEETS: dict[str, Any] = {name: getattr(samples, name) for kind in SIZES
                          for name in (kind, f"{kind}_SHORT", f"{kind}_LONG")} | {
    "RETURNED_TWO": samples.RETURNED_TWO}
CASES = [(name, size) for name in SHEETS for size in SIZES[name.partition("_")[0]]]
NUMBERED = {name: paper for name, paper in SHEETS.items() if hasattr(paper, "number")}
