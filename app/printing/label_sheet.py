"""Many labels on A4 sheets: 3 × 8 of 70 × 37 mm, or 2 × 4 of 105 × 74 mm as soon as one is for the post."""

from __future__ import annotations

from app.domain.route_papers import LabelSheet, OriginalLabel, PostLabel, ShelfLabel
from app.printing.label_face import Draw, labels_on_sheets
from app.printing.original_label import draw_original_label
from app.printing.post_label import draw_post_label
from app.printing.shelf_label import draw_shelf_label


def render_label_sheet(sheet: LabelSheet, *, size: str = "A4", copies: tuple[str, ...] | None = None) -> bytes:
    """The sheets as PDF, every code read back; only "A4" exists.

    Raises what the labels' own functions raise, and ValueError without labels or for a place that no sheet has.
    """
    if size != "A4" or not sheet.labels:
        raise ValueError("a sheet is A4 and has labels")
    is_for_post = any(isinstance(label, PostLabel) for label in sheet.labels)
    columns, rows = (2, 4) if is_for_post else (3, 8)
    return labels_on_sheets([_draw(label) for label in sheet.labels], columns=columns, rows=rows,
                            start=sheet.start, copies=len(copies or ("",)), title=sheet.labels[0].code)


def _draw(label: ShelfLabel | OriginalLabel | PostLabel) -> Draw:
    match label:
        case ShelfLabel():
            return lambda flow, box: draw_shelf_label(flow, label, box)
        case OriginalLabel():
            return lambda flow, box: draw_original_label(flow, label, box)
        case PostLabel():
            return lambda flow, box: draw_post_label(flow, label, box)
