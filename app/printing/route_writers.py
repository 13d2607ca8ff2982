"""Which function prints which paper of a dossier's way; joined to all others in `app.printing.papers`."""

from __future__ import annotations

from collections.abc import Callable

Writer = Callable[..., bytes]


# As in `papers`: a paper's module is imported when the paper is first printed.
def _handover_list() -> Writer:
    from app.printing.handover_list import render_handover_list
    return render_handover_list


def _discrepancy_slip() -> Writer:
    from app.printing.discrepancy_slip import render_discrepancy_slip
    return render_discrepancy_slip


def _result_handover() -> Writer:
    from app.printing.result_handover import render_result_handover
    return render_result_handover


def _result_receipt() -> Writer:
    from app.printing.result_receipt import render_result_receipt
    return render_result_receipt


def _post_manifest() -> Writer:
    from app.printing.post_manifest import render_post_manifest
    return render_post_manifest


def _pickup_slip() -> Writer:
    from app.printing.pickup_slip import render_pickup_slip
    return render_pickup_slip


def _group_annex() -> Writer:
    from app.printing.group_annex import render_group_annex
    return render_group_annex


def _shift_minutes() -> Writer:
    from app.printing.shift_minutes import render_shift_minutes
    return render_shift_minutes


def _agency_digest() -> Writer:
    from app.printing.agency_digest import render_agency_digest
    return render_agency_digest


def _obstacle_list() -> Writer:
    from app.printing.obstacle_list import render_obstacle_list
    return render_obstacle_list


def _day_end() -> Writer:
    from app.printing.day_end import render_day_end
    return render_day_end


def _shelf_label() -> Writer:
    from app.printing.shelf_label import render_shelf_label
    return render_shelf_label


def _original_label() -> Writer:
    from app.printing.original_label import render_original_label
    return render_original_label


def _post_label() -> Writer:
    from app.printing.post_label import render_post_label
    return render_post_label


def _label_sheet() -> Writer:
    from app.printing.label_sheet import render_label_sheet
    return render_label_sheet


ROUTE_WRITERS: dict[str, Callable[[], Writer]] = {
    "HandoverListPaper": _handover_list,
    "DiscrepancySlip": _discrepancy_slip,
    "ResultHandoverPaper": _result_handover,
    "ResultReceiptPaper": _result_receipt,
    "PostManifestPaper": _post_manifest,
    "PickupSlip": _pickup_slip,
    "GroupAnnexPaper": _group_annex,
    "ShiftMinutes": _shift_minutes,
    "AgencyDigest": _agency_digest,
    "ObstacleListPaper": _obstacle_list,
    "DayEndPaper": _day_end,
    "ShelfLabel": _shelf_label,
    "OriginalLabel": _original_label,
    "PostLabel": _post_label,
    "LabelSheet": _label_sheet,
}
