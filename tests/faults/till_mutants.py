"""The rules of the money, each left out once, and which tests must miss it: quick ones of the till first, then
random shifts under the eyes of an auditor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.faults.life_mutants import Part
from tests.faults.mutants import Mutant, written

TILL = ("tests/app/services/till",)
SHIFTS = ("tests/faults/test_shifts.py::test_every_dong_of_random_shifts_is_where_an_auditor_says",)
Lies = tuple[tuple[str, str, str], ...]

_MOVEMENTS: Lies = (
    ("movements need not balance", "if sum(sums.values()) != 0:", "if False:"),
    ("any amount moves", "if type(movement.amount) is not int or not movement.account:",
     "if not movement.account:"),
)
_COLLECTION: Lies = (
    ("phí and lệ phí on one receipt", "key = (line.stream, line.owner, line.kind)",
     "key = (line.stream, line.owner, \"\")"),
    ("agencies share a receipt", "key = (line.stream, line.owner, line.kind)",
     "key = (line.stream, \"\", line.kind)"),
    ("a transfer lies in the drawer",
     "into = drawer(session, device) if is_cash else claimed(taking.bank_account)",
     "into = drawer(session, device)"),
    ("claimed is confirmed at once", "else claimed(taking.bank_account)",
     "else f\"bank:{taking.bank_account}:confirmed\""),
    ("nobody pays", "if not tidy.payer:", "if False:"),
    ("a transfer to no account", "if tidy.means is Means.TRANSFER and not tidy.bank_account:", "if False:"),
    ("any amount is one", "is_amount = type(line.amount) is int and 0 < line.amount <= MOST", "is_amount = True"),
    ("money of nobody", "has_owner = bool(line.owner) or line.stream is Stream.POSTAGE", "has_owner = True"),
)
_COLLECTING: Lies = (
    ("collected once an Enter", "    known = book.by_intent(connection, intent)\n", "    known = None\n"),
    ("an intent is lent to another payment", "if replace(kept.taking, token=\"\") != replace(taking, token=\"\"):",
     "if False:"),
    ("the exempt owe", "if intake.procedure is None or intake.fee_timing is FeeTiming.EXEMPT:",
     "if intake.procedure is None:"),
    ("no session has it", "receipts, here.id if here else \"\", ", "receipts, \"\", "),
    ("one receipt is printed", "for receipt in kept.receipts\n", "for receipt in kept.receipts[:1]\n"),
)
_SESSION: Lies = (
    ("outside collections are not taken in", "\"taken_in\": [each.op_id for each in outside],",
     "\"taken_in\": [],"),
    ("outside money stays outside", "loose = balance(connection, drawer(\"\", counter.device))", "loose = 0"),
    ("two sessions at once", "if there is not None:", "if False:"),
    ("opened once an Enter", "known = done_before(connection, intent, Type.CASH_OPENED, counted=total)",
     "known = None"),
    ("moved once an Enter", "known = done_before(connection, intent, Type.CASH_MOVED, amount=amount, reason=said)",
     "known = None"),
    ("closed once an Enter", "known = done_before(connection, intent, Type.CASH_CLOSED, counted=total)",
     "known = None"),
    ("what was counted was expected", "expected = expected_in_drawer(connection, counter, here.id)",
     "expected = total"),
    ("more is left than was counted", "if not 0 <= carried <= total:", "if False:"),
    ("what was left is forgotten", "previous, left = (before.id, before.carried) if before is not None and "
     "before.carried else (\"\", None)", "previous, left = \"\", None"),
)
_ENDS: Lies = (
    ("a gap of the float is the safe's", "from_safe = counted if left is None else left", "from_safe = counted"),
    ("a difference is zeroed", "Movement(drawer(session, device), -expected), Movement(SAFE, counted),\n"
     "        Movement(difference(session), expected - counted),",
     "Movement(drawer(session, device), -expected), Movement(SAFE, expected),"),
    ("a difference stays in the drawer", "Movement(drawer(session, device), -expected), Movement(SAFE, counted),\n"
     "        Movement(difference(session), expected - counted),",
     "Movement(drawer(session, device), -counted), Movement(SAFE, counted),"),
)
_UNDOING: Lies = (
    ("a void takes back one line", "list(enumerate(kept.taking.lines)),",
     "list(enumerate(kept.taking.lines))[:1],"),
    ("what is undone is voided", "if found.is_void or found.undone:", "if False:"),
    ("what is partly given back is voided", "if found.is_void or found.undone:", "if found.is_void:"),
    ("what was handed on is voided", "if _is_remitted(connection, of):", "if False:"),
    ("a confirmed transfer is voided", "if _transfer_state(connection, of) == TransferState.CONFIRMED:",
     "if False:"),
    ("what is void is refunded", "if found.is_void:\n", "if False:\n"),
    ("a claimed transfer is refunded", "if kept.taking.means is Means.TRANSFER and "
     "_transfer_state(connection, of) != TransferState.CONFIRMED:", "if False:"),
    ("cash is refunded by the bank", "if means is Means.TRANSFER and kept.taking.means is not Means.TRANSFER:",
     "if False:"),
    ("a refund forgets the one before", "left = line.amount - gone.get(place, 0)", "left = line.amount"),
    ("a refund is more than was paid", " or amount > left:", ":"),
    ("a refund is less than nothing", " or amount < 0", ""),
    ("back out of a closed session", "session = here.id if here else \"\"", "session = found.session"),
    ("a void takes back what came in", "lies = claimed if type_ == Type.MONEY_VOIDED else confirmed",
     "lies = confirmed"),
    ("a refund takes back what was claimed", "lies = claimed if type_ == Type.MONEY_VOIDED else confirmed",
     "lies = claimed"),
    ("voided once an Enter", "known = done_before(connection, intent, Type.MONEY_VOIDED, undoes=of)",
     "known = None"),
    ("refunded once an Enter", "known = done_before(connection, intent, Type.MONEY_REFUNDED, undoes=of)",
     "known = None"),
)
_SECOND: Lies = (
    ("the second person is missing", "if not second:", "if False:"),
    ("the second person is the first", "if found.id == clerk.id:", "if False:"),
)
_REMITTING: Lies = (
    ("uncounted cash is handed on", "entry.session, cash_sessions.c.closing != \"\")", "entry.session)"),
    ("claimed transfers are handed on", "and_(entry.means == Means.TRANSFER, transfers.c.state == "
     "TransferState.CONFIRMED),", "entry.means == Means.TRANSFER,"),
    ("handed on again", "money_lines.c.remittance == \"\", _lies_safe()", "_lies_safe()"),
    ("postage is handed on", ", money_lines.c.stream != Stream.POSTAGE", ""),
    ("handed to another owner", "if (each.stream, each.owner) == (stream, owner)", "if each.stream == stream"),
    ("transfers leave the safe", "confirmed(line.account) if line.account else SAFE", "SAFE"),
    ("acknowledged twice", "if row.acknowledged_at is not None:", "if False:"),
    ("nobody took it", "if not taker:", "if False:"),
    ("handed on once an Enter", "known = done_before(connection, intent, Type.MONEY_REMITTED, "
     "stream=stream.value, owner=owner)", "known = None"),
)
_RECEIPTS: Lies = (
    ("a number twice in one collection", "taken = [(each.symbol, int(each.number)) for each in found if "
     "each.number]", "taken: list[tuple[str, int]] = []"),
    ("a slip's number twice", "given.append(slip)", "pass"),
    ("postage takes a number of the State's", " if _is_state(receipt) else None", ""),
)
_RANGES: Lies = (
    ("used numbers are free", ").first() is None\n\n\ndef left_for", ").first() != 0\n\n\ndef left_for"),
    ("ranges overlap", "if known.numbers.overlaps(handed):", "if False:"),
    ("another counter's numbers", "for use in ranges_of(connection, counter.device):\n        held",
     "for use in ranges_of(connection):\n        held"),
    ("a range for something else", "if not use.left or not held.fits(kind, owner):", "if not use.left:"),
    ("a used number is spoiled", "if not is_free(connection, held, int(number)):", "if False:"),
    ("spoiled by one alone", "other = second_person(counter, clerk, second)",
     "other = counter.clerk(second or clerk.id)"),
)
_SERIES: Lies = (
    ("ranges share their last number", "self.first <= other.last and other.first <= self.last",
     "self.first < other.last and other.first < self.last"),
    ("one series is all", "return is_same and self.first", "return self.first"),
)
_STATEMENTS: Lies = (
    ("the same file again", "fresh = new_lines(statement.lines, (_line(row).key for row in rows))",
     "fresh = statement.lines"),
    ("a line confirms again", "if row.transfer:", "if False:"),
    ("another amount confirms", "if row.amount != found.amount:", "if False:"),
    ("another account's line confirms", "if row is None or row.account != found.account:", "if row is None:"),
    ("confirmed again", "if found.state is not TransferState.CLAIMED:", "if False:"),
    ("one alone gives her word", "other = second_person(counter, clerk, second)",
     "other = counter.clerk(second or clerk.id)"),
    ("confirmed stays claimed", "movements=(Movement(claimed(found.account), -found.amount),\n"
     "                   Movement(confirmed(found.account), found.amount)),", "movements=(),"),
)
_MATCHING: Lies = (
    ("two lines are sure of one transfer", "sure = len(fitting) == 1 and named[fitting[0].collection] == 1",
     "sure = len(fitting) == 1"),
    ("the amount is not asked", "return [each for each in found if each.amount == amount]", "return list(found)"),
)
_LINES: Lies = (
    ("equal lines are one", "left[line.key] -= 1", "pass"),
    ("nothing is known", "if left.get(line.key, 0) > 0:", "if False:"),
)
_BOOK: Lies = (
    ("what moves is not on the accounts", "if operation.header.type in MOVING:", "if False:"),
    ("an account holds its last movement", "rollup_ledger.c.amount + statement.excluded.amount",
     "statement.excluded.amount"),
    ("a rebuild keeps the old balances", "    cash_sessions, rollup_ledger,\n)", "    cash_sessions,\n)"),
    ("a rebuild keeps the old receipts", "transfers, remittances, money_receipts, receipt_ranges,",
     "transfers, remittances, receipt_ranges,"),
    ("void receipts count as used", ".values(state=ReceiptState.VOID)", ".values(state=ReceiptState.USED)"),
    ("a void transfer is awaited", ".values(state=TransferState.VOID)", ".values(state=TransferState.CLAIMED)"),
    ("a void collection stands", ".values(is_void=True)", ".values(is_void=False)"),
    ("what went back is forgotten", ".values(undone=money_entries.c.undone + total)", ".values(undone=0)"),
    ("what was taken in stays outside", ".values(session=header.op_id)", ".values(session=\"\")"),
    ("lines handed on wait again", ").values(remittance=header.op_id)", ").values(remittance=\"\")"),
    ("all owners' lines are handed on", "money_lines.c.op_id.in_(body[\"entries\"]), money_lines.c.stream == "
     "body[\"stream\"],\n            money_lines.c.owner == body[\"owner\"],",
     "money_lines.c.op_id.in_(body[\"entries\"]),"),
    ("a line that confirmed is loose", ".values(transfer=body[\"transfer\"])", ".values(transfer=\"\")"),
    ("a confirmed transfer is awaited", ".values(state=TransferState.CONFIRMED, confirming=op_id)",
     ".values(state=TransferState.CLAIMED, confirming=op_id)"),
)
_WRITING: Lies = (
    ("an intent is lent to another content",
     " or any(known.body.get(name) != value for name, value in same.items())", ""),
    ("an intent is lent to another act", "known.header.type != type_ or ", ""),
)
_OWED: Lies = (
    ("a void fee stays paid", "if book.voided and not _is_paid_at_door(life, events):", "if False:"),
    ("what was refunded is owed again", "kept = sum(amount for _, amount in book.kept)", "kept = book.net"),
    ("a fee paid at the door is owed again", "if book.voided and not _is_paid_at_door(life, events):",
     "if book.voided:"),
    ("all given back is still taken", "if book.refunded and book.net <= 0:", "if False:"),
    ("a part given back is all", "if book.refunded and book.net <= 0:", "if book.refunded:"),
    ("a part paid is all paid", "found.append(fee.amount - covered)",
     "found.append(0 if covered else fee.amount)"),
    ("an unknown fee is never paid", "found.append(0 if is_paid else None)", "found.append(None)"),
    ("an unknown fee is paid by any other", "kind == fee.kind and fee.name in (name, *name.split(\", \"))",
     "True"),
)
_ACCOUNTS: Lies = (
    ("a changed account is not written down", "    write_money(\n", "    (lambda *a, **k: None)(\n"),
    ("what it was is forgotten", "\"before\": _stated(before)", "\"before\": None"),
    ("any account is one", "        payload(after.bin, after.account)", "        str(after.account)"),
    ("set once an Enter", "    if known is not None:\n", "    if False:\n"),
)
_FINDING: Lies = (
    ("what took it back is not found", "one.undoes.in_(of_receipt)", "one.undoes.in_(())"),
    ("signs of a pattern are one", "receipt.name.contains(text.upper(), autoescape=True)",
     "receipt.name.contains(text.upper())"),
    ("the oldest come first",
     "one.business_date.desc(), one.at.desc(), literal_column(\"money_entries.rowid\").desc()",
     "one.business_date, one.at, literal_column(\"money_entries.rowid\")"),
)


def _file(name: str) -> tuple[str, ...]:
    return (f"tests/app/services/till/test_{name}.py",)


def _part(path: str, lies: Lies, *quick: str) -> Part:
    told: Callable[[Path, str], Iterator[Mutant]] = partial(_told, lies)
    return Part(path, (*(_file(name) for name in quick), TILL, SHIFTS), told)


def _told(lies: Lies, root: Path, path: str) -> Iterator[Mutant]:
    yield from written(root, path, lies)


PARTS = (
    _part("app/domain/till/movements.py", _MOVEMENTS, "collecting"),
    _part("app/domain/till/collection.py", _COLLECTION, "collecting"),
    _part("app/services/till/collecting.py", _COLLECTING, "collecting"),
    _part("app/services/till/session.py", _SESSION, "session"),
    _part("app/domain/till/session.py", _ENDS, "session"),
    _part("app/services/till/undoing.py", _UNDOING, "undoing", "remitting"),
    _part("app/services/till/second_person.py", _SECOND, "undoing"),
    _part("app/services/till/remitting.py", _REMITTING, "remitting"),
    _part("app/services/till/receipts.py", _RECEIPTS, "ranges", "collecting"),
    _part("app/services/till/ranges.py", _RANGES, "ranges"),
    _part("app/domain/till/series.py", _SERIES, "ranges"),
    _part("app/services/till/statements.py", _STATEMENTS, "statements"),
    _part("app/domain/till/matching.py", _MATCHING, "statements"),
    _part("app/domain/till/statement.py", _LINES, "statements"),
    _part("app/store/projection_money.py", _BOOK, "undoing", "remitting"),
    _part("app/services/till/writing.py", _WRITING, "lent_intents"),
    Part("app/domain/till/owed.py", (("tests/app/domain/till/test_owed.py",), _file("owed_again"), TILL, SHIFTS),
         partial(_told, _OWED)),
    _part("app/services/till/bank_accounts.py", _ACCOUNTS, "bank_accounts"),
    _part("app/services/till/finding.py", _FINDING, "finding"),
)
EQUIVALENT: dict[str, str] = {}
"""Name of the mutant → why it changes nothing that anybody can see."""
