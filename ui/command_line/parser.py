"""What may be typed behind `python -m app`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from ui.command_line.answer import Command, Said, answering
from ui.command_line.byte_window import window_of

UNITS = ("working_day", "day", "hour", "none")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command with its arguments; `run` takes it and returns the exit code. Exits 2 on wrong use."""
    parser = argparse.ArgumentParser(prog="python -m app", description="Quầy Một Cửa")
    _data(parser)
    parser.set_defaults(run=_later("window", "open_window"))
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        return _command(commands, name, answering(run), text)

    card = command("card", _later("texts", "card"), "read a card's QR text")
    card.add_argument("text")
    due = command("due", _later("texts", "due"), "the promised date and why")
    due.add_argument("--received", type=_moment, required=True, metavar="2026-10-02T15:30")
    due.add_argument("--value", type=int, required=True)
    due.add_argument("--unit", choices=UNITS, required=True)
    due.add_argument("--calendar", type=Path)
    due.add_argument("--pause", type=_moment, nargs=2, action="append", default=[], metavar=("FROM", "TO"),
                     help="the clock stood meanwhile; repeatable, in order")
    code = command("code", _later("texts", "code"), "the parts of a dossier code")
    code.add_argument("text")
    item = command("s10", _later("texts", "s10"), "check an item code (UPU S10)")
    item.add_argument("text", metavar="CODE")
    words = command("words", _later("words", "words"), "an amount of money in words")
    words.add_argument("amount", metavar="AMOUNT", help="whole đồng, 1234567 or 1.234.567, - for stdin")
    words.add_argument("--le", action="store_true", help="lẻ instead of linh")
    _vietqr(command("vietqr", _later("vietqr", "vietqr"), "the text of a payment square (VietQR)"))
    procedures = command("procedures", _later("texts", "procedures"), "search the catalogue")
    procedures.add_argument("query", nargs="+")
    _receive(command("receive", _later("receive", "receive"), "store one dossier and write its receipt PDF"))
    _sync(command("sync", _later("house", "sync"), "one contact with the province"))
    days = command("reconcile", _later("reconcile", "reconcile"), "compare days with the province")
    days.add_argument("--day", type=date.fromisoformat, metavar="2026-10-02", help="this day alone is told")
    days.add_argument("--back", type=int, choices=range(31), default=7, metavar="N", help="today and N before")
    dossier = command("dossier", _later("house", "dossier"), "one dossier: states, dates, story, papers, custody")
    dossier.add_argument("text", metavar="CODE", help="in either form, an alias, or - for stdin")
    _report(command("report", _later("report", "report"), "a report of the office for a period"))
    command("status", _later("house", "status"), "counts, leases, what waits")
    command("check", _later("house", "check"), "read the whole book: every page, line and signature")
    verify = command("verify", _later("house", "verify"), "check a journal export, a day's pack, or --data's book")
    verify.add_argument("file", type=Path, nargs="?")
    verify.add_argument("--key", default="", metavar="HEX", help="the counter's public key, known from elsewhere")
    verify.add_argument("--steps", action="store_true", help=argparse.SUPPRESS)
    export = command("export-journal", _later("house", "export_journal"), "write the signed journal")
    export.add_argument("file", type=Path)
    pack = command("pack", _later("pack", "pack"), "a day as a signed pack: journal, receipts, who else was there")
    pack.add_argument("file", type=Path, help="a .zip, or a new folder")
    pack.add_argument("--day", type=date.fromisoformat, metavar="2026-10-02", help="today where not said")
    pack.add_argument("--clerk", default="", metavar="ID", help="readable lists of this clerk alone")
    enrol = command("enrol", _later("house", "enrol"), "join a province with its file or a one-time code")
    enrol.add_argument("url", nargs="?", default="")
    enrol.add_argument("code", nargs="?", default="")
    enrol.add_argument("--file", type=Path, help="the enrolment file, instead of address and code")
    enrol.add_argument("--name", default="")
    enrol.add_argument("--ca", type=Path, help="the province's own CA (PEM); from then on no other is believed")
    catalogue = command(
        "import-catalogue", _later("house", "import_catalogue"), "turn a list of procedures into a package"
    )
    catalogue.add_argument("file", type=Path)
    catalogue.add_argument("--report", type=Path)
    catalogue.add_argument("--version", required=True)
    _bundle(command("bundle", _later("bundle", "bundle"), "by hand on a stick, for weeks without a line"))
    _second_copy(command("second-copy", _later("second_copy", "second_copy"), "the copy on a second medium"))
    _backup(command("backup", _later("backup", "backup"), "the whole book as one file, here and on the medium"))
    rehearse = command("rehearse", _later("backup", "rehearsal"), "open the newest backups as if they were needed")
    rehearse.add_argument("--steps", action="store_true", help=argparse.SUPPRESS)
    restore = command("restore", _later("backup", "restore"), "put a backup in the place of a damaged book")
    restore.add_argument("place", nargs="?", type=Path, help="a backup, or a folder of them; the newest here")
    restore.add_argument("--yes", action="store_true", help="also where the book still opens")
    support = command("support-bundle", _later("support_bundle", "support_bundle"),
                      "how this machine stands, sealed for the province; also where the book does not open")
    support.add_argument("--to", type=Path, metavar="FILE", help="a file or a folder; else the data folder")
    check = command("self-check", _later("self_check", "self_check"), "how each part of this machine stands")
    check.add_argument("--steps", action="store_true", help=argparse.SUPPRESS)
    command("rebuild", _later("house", "rebuild_tables"), "work the tables out again from the journal")
    demo = _command(commands, "demo", _later("window", "open_demo"), "a ready demo office")
    demo.add_argument("--play", action="store_true", help="play the main job offscreen")
    demo.add_argument("--prepare", action="store_true", help="only make the office")
    practice = _command(commands, "practice", _later("practice", "practise"), "the practice room: nothing is real")
    practice.add_argument("--anew", action="store_true", help="forget what was practised before")
    practice.add_argument("--prepare", action="store_true", help="only make it, start its province and end it")
    _self_test(_command(commands, "self-test", _later("self_test", "self_test"), "does all of this work here?"))
    # An installer's word: it knows programs by their options.
    said = parser.parse_args(["self-test" if each == "--self-test" else each for each in arguments])
    if "key" in said and said.file is None and "data" not in said:
        verify.error("a FILE, or --data FOLDER for the book in it")
    if "url" in said and said.file is None and not (said.url and said.code):
        enrol.error("URL and CODE, or --file FILE")
    return said


def _self_test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gateway", default="", metavar="URL", help="also join this province of a trial")
    parser.add_argument("--code", default="", help="with this one-time code")
    parser.add_argument("--ca", type=Path, help="its own CA (PEM)")
    parser.add_argument("--keys", dest="given_keys", type=Path, help="the key files of --data's book")


def _sync(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(
        "--byte-window", type=window_of, default=argparse.SUPPRESS, metavar="FROM-TO,MB", help=(
            "no contact, but when scans may travel: 18:00-06:00,200 for at most 200 MB between these hours (local "
            "time), without ,MB as many as go; off: at any time. Records, statuses and numbers always travel"
        ))


def _receive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--card", required=True, help="the card's QR text, - for stdin")
    parser.add_argument("--procedure", required=True)
    parser.add_argument("--case", default="")
    parser.add_argument("--phone", default="")
    parser.add_argument("--name", default="", help="when the card gives only a number")
    parser.add_argument("--clerk", default="")
    parser.add_argument("--size", choices=("A5", "A4"), default="A5")
    parser.add_argument("--intent", default="", help="the same intent twice is one dossier")


def _vietqr(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bin", required=True, help="the bank's six digits with NAPAS")
    parser.add_argument("--account", required=True, help="at most 19 signs")
    parser.add_argument("--amount", type=int, help="whole đồng; without it the payer types it")
    parser.add_argument("--purpose", default="", help="at most 25 plain Latin signs, - for stdin")


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", metavar="ID", help="II.06a, by-agency, register, fees, …")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="2026-01-01")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="2026-12-31")
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="also as a spreadsheet")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="also on paper")
    parser.add_argument("--purpose", default="", help="why a report that names persons is asked for")


def _bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", default="state", choices=("state", "make", "take"), metavar="ACTION",
                        help="state | make PLACE | take PLACE (the folder or the answer itself)")
    parser.add_argument("place", nargs="?", type=Path, help="a folder on the stick")
    parser.add_argument("--scans", type=int, default=256, metavar="MB", help="room for scans, 256 where not said")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="PLACE", help="only there: a folder of your own")
    parser.add_argument("--at-close", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--steps", action="store_true", help=argparse.SUPPRESS)


def _second_copy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", default="state", help=(
        "state | set PLACE | off | keep | check (read all of it) | restore [PLACE] | forward PLACE (from a new PC)"
    ), choices=("state", "set", "off", "keep", "check", "restore", "forward"), metavar="ACTION")
    parser.add_argument("place", nargs="?", type=Path, help="a folder on the stick, the second disk or the share")
    parser.add_argument("--same-disk", action="store_true", help="also where the book itself lies: for a trial")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str,
    run: Callable[[argparse.Namespace], int], text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    _data(parser)
    parser.set_defaults(run=run)
    return parser


def _later(module: str, name: str) -> Callable[[Said], Any]:
    """The function, imported when it is run: `card` must not wait for SQLAlchemy, nor `status` for reportlab."""

    def run(said: Said) -> Any:
        return getattr(import_module(f"ui.command_line.{module}"), name)(said)

    return run


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="data folder")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
