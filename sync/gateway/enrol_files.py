"""The enrolment file: made by an operator for one counter, carried there on a stick or as a square code."""

from __future__ import annotations

import argparse
import json
import os
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from sync.contract.enrol_file import EnrolFile, file_digits, file_text, payload_of
from sync.contract.messages import Signed
from sync.gateway.codes import mint_code
from sync.gateway.opening import Opened
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.squares import write_square
from sync.gateway.times import stamp

MOST_HOURS = 168


def sign_enrol_file(seal: Seal, file: EnrolFile) -> Signed:
    """The province's word that this file is its own."""
    return seal.sign(payload_of(file))


def make_enrol_file(
    connection: Connection, opened: Opened, said: argparse.Namespace, now: datetime,
) -> dict[str, Any]:
    """The command `enrol-file`: a code of its own, which lasts as long as the way may take. Where its square
    cannot be written there is no file either: its code goes with this transaction.

    Raises ProblemRaised `hours_out_of_range`, what minting a code does, OSError, ValueError.
    """
    if not 1 <= said.hours <= MOST_HOURS:
        raise ProblemRaised("hours_out_of_range", 400, most=MOST_HOURS)
    settings: Mapping[str, Any] = json.loads(said.settings.read_text(encoding="utf-8")) if said.settings else {}
    until = now + timedelta(hours=said.hours)
    code = mint_code(
        connection, opened.seal, said.office, said.counter, now, secrets.choice, timedelta(hours=said.hours)
    )
    file = EnrolFile(
        gateway=said.gateway, code=code, office=said.office, counter=said.counter, until=stamp(until),
        ca=said.ca.read_text(encoding="ascii") if said.ca else "", settings=settings, lock=tuple(said.lock),
    )
    signed = sign_enrol_file(opened.seal, file)
    with os.fdopen(os.open(said.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(file_text(signed) + "\n")
    if said.qr is not None:
        try:
            write_square(said.qr, file_digits(signed))
        except BaseException:
            said.file.unlink()
            raise
    return {"file": str(said.file), "office": said.office, "counter": said.counter, "until": stamp(until),
            "lock": list(file.lock)}


OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("file", {"type": Path, "help": "to be written; must not be there yet"}),
    ("--office", {"required": True}), ("--counter", {"required": True}),
    ("--gateway", {"required": True, "metavar": "URL", "help": "as the counters reach it"}),
    ("--ca", {"type": Path, "metavar": "FILE.pem", "help": "whom alone the counter is to believe"}),
    ("--hours", {"type": int, "default": 24, "help": "how long the code lasts, 24 where not said"}),
    ("--settings", {"type": Path, "metavar": "FILE.json", "help": "its printers, scanning, byte_window"}),
    ("--lock", {"nargs": "*", "default": [], "metavar": "NAME",
                "help": "settings that no clerk changes: printers scanning byte_window second_copy"}),
    ("--qr", {"type": Path, "metavar": "FILE.svg", "help": "also as a square code, to be scanned"}),
)
