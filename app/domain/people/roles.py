"""The one table of rights: which role holds which acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Act(StrEnum):
    """What may be done; the names are never shown, `ui` says them in words."""

    SIGN_IN = "sign_in"            # and sign out, and choose her own secret: whoever holds any role
    PRINT = "print"                # papers of what is stored, again too
    SEE_PERSON = "see_person"      # one person's number or phone in full; each look is a line of the journal
    SHIFT = "shift"                # hand the counter over, take it over
    NOTE = "note"                  # obstacles, messages of the province seen
    RECEIVE = "receive"
    CORRECT = "correct"
    DIGITISE = "digitise"
    FOLLOW = "follow"              # a dossier on its way: supplements, the agency's word, withdrawal, conflicts
    HAND_OVER = "hand_over"        # to agencies and the post, and what comes back unread
    RETURN = "return"              # results taken in, shelved, given to the citizen or the post
    TAKE_MONEY = "take_money"      # cash sessions, collections, transfers, statements
    UNDO_MONEY = "undo_money"      # void, refund; with a second person
    REMIT = "remit"
    KEEP_RECEIPTS = "keep_receipts"    # receipt ranges, spoiled forms
    EXTEND_DUE = "extend_due"      # with a second person
    REOPEN = "reopen"              # what had been returned is open again; with a second person
    APPROVE_MONEY = "approve_money"    # the second person's
    APPROVE_DUE = "approve_due"
    APPROVE_REOPEN = "approve_reopen"
    ASK_DATA = "ask_data"          # lists and files of many persons, with a purpose
    CLOSE_DAY = "close_day"
    ACCEPT_CHANGE = "accept_change"    # a change by the province to many dossiers at once
    UNLOCK = "unlock"              # let a clerk try again who typed a wrong secret ten times
    VERIFY = "verify"              # the journal, the scans, the whole book
    BACK_UP = "back_up"            # copies of the book, the restore drill, an update from a file
    DEVICES = "devices"            # printers, scanners, the second medium
    CATALOGUE = "catalogue"
    SETTINGS = "settings"          # of the machine: the province's address, the folder
    PURGE = "purge"
    SYSTEM = "system"              # what no clerk does; held by nobody


class Role(StrEnum):
    """As the province's office file and the grants write it."""

    INTAKE = "intake"              # hướng dẫn, tiếp nhận
    RETURN = "return"              # trả kết quả
    CASHIER = "cashier"            # thu ngân
    SHIFT_LEAD = "shift_lead"      # trưởng ca
    CATALOGUE_ADMIN = "catalogue_admin"    # quản trị danh mục
    AUDITOR = "auditor"            # kiểm tra, chỉ xem


_ANYBODY = frozenset({Act.SIGN_IN})
_AT_COUNTER = _ANYBODY | {Act.PRINT, Act.SEE_PERSON, Act.SHIFT, Act.NOTE, Act.FOLLOW}
# Who works on dossiers may also take a promise back; that a shift lead agrees is `_APPROVES`.
_INTAKE = _AT_COUNTER | {Act.RECEIVE, Act.CORRECT, Act.DIGITISE, Act.HAND_OVER, Act.EXTEND_DUE, Act.CLOSE_DAY}
_RETURN = _AT_COUNTER | {Act.RETURN, Act.DIGITISE, Act.HAND_OVER, Act.EXTEND_DUE, Act.REOPEN, Act.CLOSE_DAY}
_CASHIER = _AT_COUNTER | {Act.TAKE_MONEY, Act.UNDO_MONEY, Act.REMIT, Act.KEEP_RECEIPTS, Act.CLOSE_DAY}
_APPROVES = frozenset({Act.APPROVE_MONEY, Act.APPROVE_DUE, Act.APPROVE_REOPEN})
_LEAD = frozenset({Act.ASK_DATA, Act.ACCEPT_CHANGE, Act.UNLOCK, Act.VERIFY, Act.BACK_UP, Act.DEVICES})

ROLES: Mapping[Role, frozenset[Act]] = {
    Role.INTAKE: _INTAKE,
    Role.RETURN: _RETURN,
    Role.CASHIER: _CASHIER,
    Role.SHIFT_LEAD: _INTAKE | _RETURN | _CASHIER | _APPROVES | _LEAD,
    Role.CATALOGUE_ADMIN: _ANYBODY | {Act.CATALOGUE, Act.SETTINGS, Act.DEVICES, Act.ACCEPT_CHANGE, Act.BACK_UP,
                                      Act.VERIFY, Act.PURGE},
    Role.AUDITOR: _ANYBODY | {Act.VERIFY, Act.ASK_DATA, Act.SEE_PERSON, Act.PRINT},
}

EVERYBODYS: frozenset[Act] = frozenset(Act) - {Act.SYSTEM, Act.SETTINGS}
"""What each clerk may where the office has no personal sign-in."""


def acts_of(roles: Iterable[Role]) -> frozenset[Act]:
    """Everything that these roles may."""
    return frozenset().union(*(ROLES[role] for role in roles))


def may(roles: Iterable[Role], act: Act) -> bool:
    """Whether one of these roles holds `act`."""
    return any(act in ROLES[role] for role in roles)


def read_roles(names: Iterable[str]) -> frozenset[Role]:
    """The roles of these names. One that this program does not know yet gives no right."""
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in names if name in known)
