"""What the papers of the cash desk say, as values: receipts, minutes of a session, lists of what is handed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.papers import OfficeHead
from app.domain.till.electronic import ElectronicReceipt


@dataclass(frozen=True, slots=True)
class MoneyReceiptPaper:
    """Biên lai thu tiền phí, lệ phí; with `slip` a temporary slip until the electronic receipt is issued.

    `electronic`: that receipt, once the province has bound it to the slip. `tax_code` of the unit that collects.
    `means`: as printed. `said`: the amount in words.
    """

    head: OfficeHead
    tax_code: str
    form: str
    symbol: str
    number: str
    slip: str
    kind: str                      # fee | charge | postage | other
    owner_name: str
    payer: str
    address: str
    code: str                      # of the dossier, "" for none
    lines: tuple[tuple[str, int], ...]
    amount: int
    said: str
    means: str
    clerk_name: str
    taken_at: datetime
    electronic: ElectronicReceipt | None = None

    @property
    def name(self) -> str:
        return f"{self.symbol} {self.number}" if self.number else self.slip


@dataclass(frozen=True, slots=True)
class AmountLine:
    """`name` and đồng; `note` beside it. `is_sum`: stands out."""

    name: str
    amount: int
    note: str = ""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class CashMinutesPaper:
    """Biên bản chốt quỹ: what came into the drawer, what was counted, and the difference as it is.

    `pieces`: (kind in đồng, number). `head_hash`: of the journal at the close, first and last signs are printed.
    """

    head: OfficeHead
    number: str
    counter_name: str
    clerk_name: str
    opened_at: datetime
    closed_at: datetime
    drawer: tuple[AmountLine, ...]
    collected: tuple[AmountLine, ...]
    transfers: tuple[AmountLine, ...]
    taken_back: tuple[AmountLine, ...]
    pieces: tuple[tuple[int, int], ...]
    counted: int
    counted_words: str
    expected: int
    difference: int
    difference_words: str
    carried: int
    taker_name: str
    reason: str
    seq: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class RemittanceRow:
    """One line of the list: what was given back is negative."""

    code: str
    procedure: str
    owner: str                     # chủ hồ sơ
    address: str
    payer: str
    text: str
    taken_at: datetime
    charge: int
    fee: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class RemittanceListPaper:
    """Bảng kê nộp tiền: what an agency is handed, line by line, with room for its word."""

    head: OfficeHead
    number: str
    owner_name: str
    made_at: datetime
    rows: tuple[RemittanceRow, ...]
    cash: int
    transferred: int
    said: str
    clerk_name: str


@dataclass(frozen=True, slots=True)
class TransferSlipPaper:
    """Where a citizen transfers to, to be scanned or typed; `payload` is what the square holds (VietQR).

    `called`: the dossier or receipt that is paid. `token`: by which the transfer is found again.
    """

    head: OfficeHead
    called: str
    payer: str
    amount: int
    said: str
    bank_name: str
    account: str
    holder: str
    purpose: str
    token: str
    payload: str
    made_at: datetime
