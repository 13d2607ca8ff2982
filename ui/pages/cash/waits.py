"""What money waits, each line with the list it opens."""

from __future__ import annotations

from datetime import datetime

from ui.delegates.dates import lowered, near_moment
from ui.models.counts import shown_count
from ui.models.post_rows import days_since
from ui.pages.cash import keys
from ui.pages.cash.reading import CashView
from ui.pages.sync.machine_card import Fact, FactsCard
from ui.translations import tr
from ui.widgets.money_field import money_text


class WaitsCard(FactsCard):
    def __init__(self) -> None:
        super().__init__(tr("Đang chờ"))

    def show_view(self, view: CashView, now: datetime) -> None:
        facts = [self._transfers(view, now)]
        if view.outside:
            facts.insert(0, Fact(tr("Thu ngoài ca"), tr("{n} khoản", n=shown_count(view.outside)),
                                 tr("phím O mở ca, ca nhận các khoản này"), "warn"))
        if view.loose:
            facts.append(Fact(tr("Dòng sao kê chưa gắn"), shown_count(view.loose),
                              tr("{key} xem và xác nhận", key=keys.VIEWS[3].cap)))
        facts.append(Fact(
            tr("Nộp cho cơ quan"), money_text(view.remittable),
            tr("{n} nơi nhận · phím N nộp", n=shown_count(view.owners)) if view.owners else
            tr("tiền của ca đã chốt và chuyển khoản đã xác nhận hiện ở đây")))
        facts.append(self._receipts(view))
        if view.oldest_slip is not None:
            is_old = days_since(view.oldest_slip, now) >= 2
            facts.append(Fact(
                tr("Phiếu tạm chờ biên lai điện tử"), shown_count(view.slips),
                tr("cũ nhất {at} · {key} xem", at=lowered(near_moment(view.oldest_slip, now)),
                   key=keys.VIEWS[6].cap), "warn" if is_old else ""))
        self.show_facts(facts)

    def _transfers(self, view: CashView, now: datetime) -> Fact:
        if view.oldest_transfer is None:
            return Fact(tr("Chuyển khoản chờ xác nhận"), "0")
        is_old = days_since(view.oldest_transfer, now) >= 2
        return Fact(
            tr("Chuyển khoản chờ xác nhận"), money_text(view.transferred),
            tr("{n} khoản, cũ nhất {at} · phím S nhận sao kê", n=shown_count(view.transfers),
               at=lowered(near_moment(view.oldest_transfer, now))), "warn" if is_old else "")

    def _receipts(self, view: CashView) -> Fact:
        offered = tr("phím B nhận dải được giao") if view.offered else ""
        if view.receipts_left is None:
            return Fact(tr("Số biên lai"), tr("chưa nhận"),
                        offered or tr("đang in phiếu thu tạm · phím B nhận dải"))
        return Fact(tr("Số biên lai còn"), shown_count(view.receipts_left),
                    offered or (tr("sắp hết, phím B nhận dải mới") if view.is_low else ""),
                    "warn" if view.is_low else "")
