"""The citizen confirmed: store the dossier for good, then let its receipt and its originals' labels be printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.business_day import ClockFinding
from app.domain.intake import Intake
from app.domain.people.roles import Act
from app.domain.till.accounts import Means
from app.errors import Refusal
from app.services.disk_room import refuse_when_low
from app.services.people.rights import may
from app.services.receive import Received, receive_dossier
from app.services.results.original_ledger import ask_labels_when_taken
from app.services.till.rule import read_money_rule
from app.services.till.taking import taking_at_reception
from ui.changes import Change
from ui.operations.desk import Desk
from ui.operations.print_paper import print_paper
from ui.operations.print_receipt import print_receipt
from ui.operations.wait_second_copy import wait_before_number
from ui.operations.watch_clock import say_jump
from ui.translations import tr


def transfer_agencies(desk: Desk) -> frozenset[str]:
    """The agencies for which a transfer can be taken: the office knows whose account it goes to."""
    with desk.office.database.reading() as connection:
        rule = read_money_rule(connection)
    return frozenset(
        agency.id for agency in desk.office.catalogue.agencies if rule.account_for(agency.id) is not None
    )


def receive(
    desk: Desk, intake: Intake, moment: datetime,
    on_stored: Callable[[Received], object], on_failure: Callable[[Exception], object], *,
    means: Means = Means.CASH,
) -> None:
    """Store `intake` as received at `moment`, the one read back to the citizen; one answer in the GUI thread.

    What is paid now is taken by `means` in the same transaction; a clerk who may take no money leaves it owed, for
    the cashier. The papers come last: printing starts only from the committed rows, and not again for a form that
    had been received before.
    """
    office = desk.office
    clerk_id = desk.clerk()
    jumps: list[ClockFinding | None] = []
    left_owed: list[bool] = []

    def store() -> tuple[Received, tuple[str, ...]]:
        counter = office.enrolled
        if intake.procedure is None:
            raise Refusal("intake_incomplete", hindrance="procedure_not_chosen", step="procedure", subject="")
        agency = office.agency(intake.procedure.agency)
        wait_before_number(desk)
        refuse_when_low(office.folder.root)        # a disk that fills up is said before the fee is taken
        clerk = counter.clerk(clerk_id)
        jumps.append(office.look_at_clock())       # before the number gets its day
        with office.database.writing() as connection:
            taking = taking_at_reception(connection, intake, means)
            if taking is not None and not may(connection, counter, clerk, Act.TAKE_MONEY, moment):
                taking = None
                left_owed.append(True)
            received = receive_dossier(
                connection, counter, clerk, office.rules, agency, intake, taking=taking, now=moment,
                randomness=office.randomness,
            )
            labels: tuple[str, ...] = ()
            if received.is_new and any(paper.keeps_original for paper in intake.papers):
                labels = ask_labels_when_taken(connection, clerk, received.dossier.code, moment)
            return received, labels

    def failed(error: Exception) -> None:
        on_failure(error)
        tell()

    def tell() -> None:
        for found in jumps:
            say_jump(desk, found)

    def stored(done: tuple[Received, tuple[str, ...]]) -> None:
        received, labels = done
        on_stored(received)
        tell()
        if left_owed:
            desk.frame.say(tr("Chưa thu phí: bạn không giữ việc thu tiền, thu ngân thu ở Thu phí (F6)"), "warn")
        desk.changes.publish(
            Change(dossiers=frozenset({received.dossier.code}), has_drafts=True, has_prints=True)
        )
        if received.is_new:
            print_receipt(desk, received.print_job)
            for paper in (*(received.collected.jobs if received.collected else ()), *labels):
                print_paper(desk, paper)

    desk.background.run(store, stored, failed)
