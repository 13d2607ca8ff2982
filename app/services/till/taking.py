"""What a citizen pays in the usual case: the dossier's own fees, in the applicant's name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.domain.intake import FeeTiming, Intake
from app.domain.till.accounts import Means
from app.domain.till.collection import MoneyLine, Taking
from app.errors import Refusal
from app.services.till.collecting import fee_lines
from app.services.till.rule import read_money_rule


def taking_at_reception(connection: Connection, intake: Intake, means: Means) -> Taking | None:
    """What is paid while the dossier is received (thu trước); None when nothing is.

    Raises `bank_account_missing`.
    """
    if intake.fee_timing is not FeeTiming.BEFORE:
        return None
    lines = fee_lines(intake)
    return taking_of(connection, intake, lines, means) if lines else None


def taking_of(connection: Connection, intake: Intake, lines: Sequence[MoneyLine], means: Means) -> Taking:
    """`lines` of that dossier, paid by its applicant; a transfer goes to the agency's account.

    Raises `bank_account_missing`.
    """
    assert intake.applicant is not None
    who = intake.applicant.person or intake.applicant.organisation
    account = ""
    if means is Means.TRANSFER:
        found = read_money_rule(connection).account_for(lines[0].owner)
        if found is None:
            raise Refusal("bank_account_missing")
        account = found.account
    return Taking(means, tuple(lines), intake.applicant.name, who.address if who is not None else "", account)
