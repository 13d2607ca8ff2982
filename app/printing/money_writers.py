"""Which function prints which paper of the cash desk; joined to all others in `app.printing.papers`."""

from __future__ import annotations

from collections.abc import Callable

Writer = Callable[..., bytes]


# As in `papers`: a paper's module is imported when the paper is first printed.
def _money_receipt() -> Writer:
    from app.printing.money_receipt import render_money_receipt
    return render_money_receipt


def _cash_minutes() -> Writer:
    from app.printing.cash_minutes import render_cash_minutes
    return render_cash_minutes


def _remittance_list() -> Writer:
    from app.printing.remittance_list import render_remittance_list
    return render_remittance_list


def _transfer_slip() -> Writer:
    from app.printing.transfer_slip import render_transfer_slip
    return render_transfer_slip


MONEY_WRITERS: dict[str, Callable[[], Writer]] = {
    "MoneyReceiptPaper": _money_receipt,
    "CashMinutesPaper": _cash_minutes,
    "RemittanceListPaper": _remittance_list,
    "TransferSlipPaper": _transfer_slip,
}
