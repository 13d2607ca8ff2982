"""One way in for every paper of a dossier's life: the value's own type says which paper it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain.papers import CopyMark
from app.printing.money_writers import MONEY_WRITERS
from app.printing.route_writers import ROUTE_WRITERS

Writer = Callable[..., bytes]


# A paper's module is imported when the paper is first printed: the window must not wait for all of them. The
# import is a statement, not a name in a string, so that type checker and installer see it.
def _supplement_request() -> Writer:
    from app.printing.supplement_request import render_supplement_request
    return render_supplement_request


def _refusal() -> Writer:
    from app.printing.refusal import render_refusal
    return render_refusal


def _extension_note() -> Writer:
    from app.printing.extension_note import render_extension_note
    return render_extension_note


def _stop_notice() -> Writer:
    from app.printing.stop_notice import render_stop_notice
    return render_stop_notice


def _control_sheet() -> Writer:
    from app.printing.control_sheet import render_control_sheet
    return render_control_sheet


def _register() -> Writer:
    from app.printing.register import render_register
    return render_register


def _derivation_sheet() -> Writer:
    from app.printing.derivation_sheet import render_derivation_sheet
    return render_derivation_sheet


def _history_sheet() -> Writer:
    from app.printing.history_sheet import render_history_sheet
    return render_history_sheet


def _held_about() -> Writer:
    from app.printing.held_about import render_held_about
    return render_held_about


WRITERS: dict[str, Callable[[], Writer]] = {
    "SupplementRequestPaper": _supplement_request,
    "RefusalPaper": _refusal,
    "ExtensionNotice": _extension_note,
    "StopNotice": _stop_notice,
    "ControlSheetPaper": _control_sheet,
    "RegisterPaper": _register,
    "DerivationPaper": _derivation_sheet,
    "HistoryPaper": _history_sheet,
    "HeldAbout": _held_about,
    **ROUTE_WRITERS,
    **MONEY_WRITERS,
}


def render(paper: object, *, size: str | None = None, copies: tuple[str, ...] | None = None,
           mark: CopyMark | None = None) -> bytes:
    """The paper as PDF, its codes read back. `size` and `copies`: None means what the paper's custom is.

    `mark` with a number ≥ 1 says BẢN SAO on every page, with time and clerk; labels stay as they are.
    Raises TypeError for a value that is no paper, and what the paper's own function raises.
    """
    try:
        writer = WRITERS[type(paper).__name__]
    except KeyError:
        raise TypeError(f"{type(paper).__name__} is no paper") from None
    options: dict[str, Any] = {name: value for name, value in (("size", size), ("copies", copies))
                               if value is not None}
    pdf = writer()(paper, **options)
    if mark is None or not mark.number:
        return pdf
    from app.printing.copy_mark import mark_copies
    return mark_copies(pdf, mark)
