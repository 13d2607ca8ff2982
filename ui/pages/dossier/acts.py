"""What a clerk may do with a dossier that was received, by its state; each act has its sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from app.domain.dossier import OPEN_STATES, State
from app.domain.procedure import Requirement
from app.errors import KnownError
from app.services.life.agency_papers import recount_due
from app.services.life.reading import KnownLife
from app.services.life.sheets import Sheet as Printed
from ui.delegates.dates import full_moment
from ui.dialogs.act_sheet import ActSheet
from ui.dialogs.agency_paper_sheet import AgencyPaperSheet
from ui.dialogs.brought_sheet import BroughtSheet
from ui.dialogs.conflict_sheet import ConflictSheet
from ui.dialogs.give_back_sheet import GiveBackSheet
from ui.dialogs.paid_sheet import PaidSheet
from ui.dialogs.stage_sheet import StageSheet
from ui.dialogs.supplement_sheet import SupplementSheet
from ui.dialogs.withdraw_sheet import WithdrawSheet
from ui.operations.desk import Desk, new_intent, warn_of
from ui.operations.dossier_acts import carry_out, print_sheet
from ui.pages.dossier.reading import Shown
from ui.translations import tr

S = TypeVar("S", bound=ActSheet)
T = TypeVar("T")
_ENDED = frozenset({State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED})


def may_begin_stage(held: KnownLife) -> bool:
    """The first result of a two-stage procedure is out and nobody has begun the second stage."""
    is_waiting = held.body.due.second_stage is not None and held.life.stage == 1
    return is_waiting and held.life.business is State.RETURNED


class DossierActs:
    """Opens the sheet that fits; a state in which nothing fits is said over the page. Sheets are made when first
    wanted and end with the page."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        self._page, self._desk = page, desk
        self._sheets: dict[type[ActSheet], ActSheet] = {}

    @property
    def open_sheet(self) -> ActSheet | None:
        """The sheet that is in front."""
        return next((sheet for sheet in self._sheets.values() if sheet.is_open), None)

    def supplement(self, shown: Shown) -> None:
        """Ask for papers; where they were asked for, take them; where money is waited for, take its proof."""
        held = shown.held
        match held.life.business:
            case State.SUPPLEMENT_ASKED:
                brought = self._sheet(BroughtSheet)
                brought.show_dossier(held)
                brought.open(brought.papers.rows[0].tick)
            case State.PAYMENT_ASKED:
                paid = self._sheet(PaidSheet)
                paid.show_dossier(held)
                paid.open(paid.proof)
            case state if state in OPEN_STATES:
                ask = self._sheet(SupplementSheet)
                ask.show_dossier(held, self._requirements(held))
                ask.open(ask.papers.rows[0].tick)
            case State.RETURNED if may_begin_stage(held):
                stage = self._sheet(StageSheet)
                stage.show_dossier(held)
                stage.open(stage.papers.rows[0].name_line)
            case _:
                self._say_ended()

    def withdraw(self, shown: Shown) -> None:
        """Take the dossier back; of one that has ended, give what is still here."""
        held = shown.held
        if held.life.business in OPEN_STATES:
            sheet = self._sheet(WithdrawSheet)
            sheet.show_dossier(held)
            sheet.open(sheet.reason)
        elif held.life.business in _ENDED:
            back = self._sheet(GiveBackSheet)
            back.show_dossier(held)
            back.open(back.to_name)
        else:
            self._say_ended()

    def agency_paper(self, shown: Shown) -> None:
        held = shown.held
        if held.life.business not in (*OPEN_STATES, State.STOPPED):
            self._say_ended()
            return
        sheet = self._sheet(AgencyPaperSheet)
        sheet.show_dossier(held)
        sheet.open(sheet.kind)

    def settle(self, shown: Shown) -> None:
        if not shown.conflicts:
            self._desk.frame.say(tr("Hồ sơ này không có việc nào chưa khớp."), "info")
            return
        sheet = self._sheet(ConflictSheet)
        sheet.show_conflict(shown.code, shown.conflicts[0], self._desk.office.enrolled.device)
        sheet.open(sheet.choice)

    def recount(self, shown: Shown) -> None:
        """Count the promise on after a pause that the agency ended by itself."""
        noted = self._try(lambda: carry_out(
            self._desk, shown.code, recount_due, shown.code, has_rules=True, intent=new_intent(self._desk)
        ))
        if noted is not None and noted.due is not None and noted.due.at is not None:
            self._desk.frame.say(tr("Đã tính lại, hẹn trả {due}", due=full_moment(noted.due.at)))

    def print_history(self, shown: Shown) -> None:
        self._print(shown, Printed.HISTORY)

    def print_why(self, shown: Shown) -> None:
        self._print(shown, Printed.DERIVATION)

    # inside

    def _print(self, shown: Shown, sheet: Printed) -> None:
        self._try(lambda: print_sheet(self._desk, shown.code, sheet, intent=new_intent(self._desk)))

    def _try(self, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except KnownError as error:
            warn_of(self._desk, error)
            return None

    def _say_ended(self) -> None:
        self._desk.frame.say(tr("Hồ sơ đã kết thúc, không làm được việc này nữa."), "warn")

    def _requirements(self, held: KnownLife) -> dict[str, Requirement]:
        """What the catalogue asks for in this case; empty when it no longer knows the procedure."""
        chosen = held.body.intake.procedure
        assert chosen is not None
        for procedure in self._desk.office.catalogue.procedures:
            if procedure.code == chosen.code:
                cases = [case for case in procedure.cases if case.code == chosen.case]
                return {need.code: need for case in cases for need in case.requirements}
        return {}

    def _sheet(self, kind: type[S]) -> S:
        made = self._sheets.get(kind)
        if made is None:
            make: Any = kind                   # each sheet says its own title and action
            made = make(self._page.window(), self._desk)
            self._sheets[kind] = made
            self._page.destroyed.connect(made.deleteLater)
        assert isinstance(made, kind)
        return made
