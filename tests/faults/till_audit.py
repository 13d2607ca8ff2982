"""An auditor who reads what happened at a desk and works out by herself where each đồng must lie.

She takes from each line of the journal only what people did: what was paid for what, counted, given back, handed
on. The movements that the program wrote beside it she does not look at. What she finds must be what the book says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.operation import Operation

Accounts = dict[str, int]


@dataclass(slots=True)
class Auditor:
    """`accounts` of the desk, `receipts`: what stands on valid receipts, `wrong`: what cannot be as written."""

    accounts: Accounts = field(default_factory=lambda: defaultdict(int))
    receipts: int = 0
    differences: int = 0
    handed: Accounts = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)
    _paid: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _confirmed: set[str] = field(default_factory=set)
    _where: dict[str, str] = field(default_factory=dict)          # session or "" of what was paid in cash

    def read(self, operation: Operation) -> None:
        """One more line; those that are not about money pass by."""
        verb = getattr(self, "_" + operation.header.type.replace(".", "_"), None)
        if verb is not None:
            verb(operation)

    def standing(self) -> Accounts:
        """Every account with something on it."""
        return {name: amount for name, amount in sorted(self.accounts.items()) if amount}

    # what people do

    def _cash_opened(self, operation: Operation) -> None:
        body, here = operation.body, f"drawer:{operation.header.op_id}"
        given = body["counted"] if body["left"] is None else body["left"]
        self.accounts[here] += body["counted"]
        self.accounts["safe"] -= given
        self._differ(operation.header.op_id, given - body["counted"])
        for op_id in body["taken_in"]:
            amount = self._cash_in(op_id)
            self.accounts[here] += amount
            self.accounts[self._outside(operation)] -= amount
            self._where[op_id] = operation.header.op_id

    def _cash_moved(self, operation: Operation) -> None:
        self.accounts[f"drawer:{operation.body['session']}"] += operation.body["amount"]
        self.accounts["safe"] -= operation.body["amount"]

    def _cash_closed(self, operation: Operation) -> None:
        body = operation.body
        here = f"drawer:{body['session']}"
        if self.accounts[here] != body["expected"]:
            self.wrong.append(f"{here} should hold {self.accounts[here]}, the minutes say {body['expected']}")
        self._differ(body["session"], self.accounts[here] - body["counted"])
        self.accounts["safe"] += body["counted"]
        self.accounts[here] = 0

    def _money_collected(self, operation: Operation) -> None:
        kept = operation.body["collection"]
        taking, op_id = kept["taking"], operation.header.op_id
        total = self._owe(taking["lines"], -1)
        self._paid[op_id] = {"taking": taking, "lines": taking["lines"], "sign": 1}
        self.receipts += total
        if sum(receipt["amount"] for receipt in kept["receipts"]) != total:
            self.wrong.append(f"{op_id}: the receipts are not what was paid")
        if taking["means"] == "cash":
            self._where[op_id] = kept["session"]
        self.accounts[self._lies(operation, op_id, kept["session"])] += total

    def _money_voided(self, operation: Operation) -> None:
        self._give_back(operation)

    def _money_refunded(self, operation: Operation) -> None:
        self._give_back(operation)

    def _transfer_confirmed(self, operation: Operation) -> None:
        of = operation.body["transfer"]
        taking = self._paid[of]["taking"]
        total = sum(line["amount"] for line in taking["lines"])
        self.accounts[f"bank:{taking['bank_account']}:claimed"] -= total
        self.accounts[f"bank:{taking['bank_account']}:confirmed"] += total
        self._confirmed.add(of)

    def _money_remitted(self, operation: Operation) -> None:
        body, cash, transferred = operation.body, 0, 0
        for op_id in body["entries"]:
            kept = self._paid[op_id]
            way = kept["taking"]
            lines = [line for line in kept["lines"] if (line["stream"], line["owner"]) == (
                body["stream"], body["owner"])]
            amount = kept["sign"] * self._owe(lines, kept["sign"])
            self.handed[body["owner"]] += amount
            if way["means"] == "cash":
                self.accounts["safe"] -= amount
                cash += amount
            else:
                self.accounts[f"bank:{way['bank_account']}:confirmed"] -= amount
                transferred += amount
        if (cash, transferred) != (body["cash"], body["transferred"]):
            self.wrong.append(f"{body['about']['number']}: the list is not the sum of its lines")

    # inside

    def _give_back(self, operation: Operation) -> None:
        body, op_id = operation.body, operation.header.op_id
        first = self._paid[body["undoes"]]
        total = self._owe(body["lines"], 1)
        self.receipts -= total
        way = {**first["taking"], "means": body["means"]}
        self._paid[op_id] = {"taking": way, "lines": body["lines"], "sign": -1}
        if body["means"] == "cash":
            self._where[op_id] = body["session"]
        self.accounts[self._lies(operation, body["undoes"], body["session"], body["means"])] -= total

    def _lies(self, operation: Operation, of: str, session: str, means: str = "") -> str:
        taking = self._paid[of]["taking"]
        if (means or taking["means"]) == "cash":
            return f"drawer:{session}" if session else self._outside(operation)
        return f"bank:{taking['bank_account']}:{'confirmed' if of in self._confirmed else 'claimed'}"

    def _outside(self, operation: Operation) -> str:
        return f"drawer:outside:{operation.header.device}"

    def _cash_in(self, op_id: str) -> int:
        kept = self._paid[op_id]
        if kept["taking"]["means"] != "cash" or self._where[op_id]:
            return 0
        return int(kept["sign"] * sum(line["amount"] for line in kept["lines"]))

    def _owe(self, lines: list[Mapping[str, Any]], sign: int) -> int:
        total = 0
        for line in lines:
            self.accounts[f"owed:{line['stream']}:{line['owner']}:{line['kind']}"] += sign * line["amount"]
            total += line["amount"]
        return total

    def _differ(self, session: str, amount: int) -> None:
        self.accounts[f"difference:{session}"] += amount
        self.differences += amount
