"""The role table cell by cell: what is written here by hand against what the table gives."""

from __future__ import annotations

import pytest

from app.domain.operation import Type
from app.domain.people.operation_acts import OPERATION_ACTS, SECOND_ACTS, act_of
from app.domain.people.roles import EVERYBODYS, ROLES, Act, Role, acts_of, may, read_roles

TYPES = {value for name, value in vars(Type).items() if name.isupper()}

BY_HAND = {
    # act: who may, by the first letters of intake, return, cashier, shift lead, catalogue admin, auditor
    "sign_in": "ircsda", "print": "ircs-a", "see_person": "ircs-a", "shift": "ircs", "note": "ircs",
    "follow": "ircs", "receive": "is", "correct": "is", "digitise": "irs", "hand_over": "irs", "return": "rs",
    "take_money": "cs", "undo_money": "cs", "remit": "cs", "keep_receipts": "cs", "close_day": "ircs",
    "extend_due": "irs", "reopen": "rs", "approve_money": "s", "approve_due": "s", "approve_reopen": "s",
    "ask_data": "sa", "accept_change": "sd", "unlock": "s", "verify": "sda", "back_up": "sd", "devices": "sd",
    "catalogue": "d", "settings": "d", "purge": "d", "system": "",
}
LETTERS = {"i": Role.INTAKE, "r": Role.RETURN, "c": Role.CASHIER, "s": Role.SHIFT_LEAD, "d": Role.CATALOGUE_ADMIN,
           "a": Role.AUDITOR}


@pytest.mark.parametrize("act", Act)
def test_each_cell_is_as_it_was_decided(act: Act) -> None:
    wanted = {LETTERS[letter] for letter in BY_HAND[act.value] if letter != "-"}
    assert {role for role in Role if may([role], act)} == wanted
    assert {role for role in Role if act in ROLES[role]} == wanted


def test_every_type_of_operation_needs_an_act_and_no_other_is_named() -> None:
    assert set(OPERATION_ACTS) == TYPES
    assert set(SECOND_ACTS) <= TYPES
    assert act_of("of.a.newer.program") is Act.SYSTEM


def test_roles_add_up_and_nobody_holds_what_the_system_does() -> None:
    assert acts_of(()) == frozenset() and not may((), Act.SIGN_IN)
    both = acts_of((Role.INTAKE, Role.CASHIER))
    assert both == ROLES[Role.INTAKE] | ROLES[Role.CASHIER]
    assert Act.SYSTEM not in acts_of(Role) | EVERYBODYS and Act.SETTINGS not in EVERYBODYS


def test_who_only_looks_changes_no_dossier_and_no_money() -> None:
    written = {kind for kind, act in OPERATION_ACTS.items() if act in ROLES[Role.AUDITOR]}
    assert written == {Type.PERSON_REVEALED, Type.DATA_ASKED, Type.RECEIPT_PRINTED, Type.PAPER_PRINTED,
                       Type.SIGN_IN_NOTED}


def test_a_role_of_a_newer_province_gives_no_right() -> None:
    assert read_roles(["cashier", "thủ-trưởng", ""]) == {Role.CASHIER}
