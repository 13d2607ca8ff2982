"""Operating a gateway: `python -m sync.gateway <command>`, JSON on stdout, exit 0 good, 1 refused, 2 wrong use.

Works on the database directly, beside a serving process or without one.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sync.contract.codec import MalformedMessage
from sync.gateway.codes import mint_code
from sync.gateway.enrol_files import OPTIONS as ENROL_FILE
from sync.gateway.enrol_files import make_enrol_file
from sync.gateway.file_check import check_files
from sync.gateway.grants import mint_personal_code
from sync.gateway.known_problems import keep_problems, problems_in_force
from sync.gateway.offices import keep_office
from sync.gateway.opening import Opened
from sync.gateway.operator import commands as of_operators
from sync.gateway.operator.people import Act, note_act
from sync.gateway.package_list import sign_list
from sync.gateway.packages import keep_package
from sync.gateway.place import add_place, open_or_say
from sync.gateway.posts import post_alias, post_notice, post_receipt, post_status
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import mark_restored, set_min_app, settle_leases
from sync.gateway.report import report
from sync.gateway.restores import earlier_restores, write_restore
from sync.gateway.roles import grant_serving
from sync.gateway.tables import devices, revocations
from sync.gateway.times import stamp

Arguments = argparse.Namespace
Command = Callable[[Connection, Opened, Arguments, datetime], dict[str, Any]]


def _add_office(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    content = json.loads(said.file.read_text(encoding="utf-8"))
    if isinstance(content, dict):                  # nobody is without it by forgetting a line
        content.setdefault("sign_in", True)
    office = keep_office(connection, content)
    return {"office": office.id, "agencies": len(office.agencies), "counters": list(office.counters),
            "sign_in": office.sign_in}


def _personal_code(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    code = mint_personal_code(connection, said.office, said.clerk, now, secrets.choice)
    return {"code": code, "office": said.office, "clerk": said.clerk}


def _enrol_code(connection: Connection, opened: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    code = mint_code(connection, opened.seal, said.office, said.counter, now, secrets.choice)
    return {"code": code, "office": said.office, "counter": said.counter, "minutes": 10}


def _import_package(connection: Connection, opened: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    note = keep_package(connection, opened.seal, said.kind, said.version, said.valid_from, said.file.read_bytes(),
                        stamp(now))
    return {"kind": note.kind, "version": note.version, "sha256": note.sha256, "size": note.size}


def _sign_packages(connection: Connection, opened: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    packages = sign_list(said.folder, opened.seal)
    note_act(connection, of_operators.BY_COMMAND, Act.PACKAGES_SIGNED, {"packages": packages}, now)
    return {"folder": str(said.folder), "packages": packages}


def _known_problems(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    if said.file is not None:
        keep_problems(connection, json.loads(said.file.read_text(encoding="utf-8")), now)
    return {"known_problems": [
        {"id": each.id, "since": each.since, "until": each.until, "title": each.vi.title}
        for each in problems_in_force(connection)
    ]}


def _post_status(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    more = {"note": said.note} if said.note else {}
    return {"position": post_status(connection, said.code, said.status, stamp(now), more)}


def _post_alias(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    return {"position": post_alias(connection, said.code, said.alias, stamp(now))}


def _bind_receipt(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    return {"position": post_receipt(connection, said.slip, said.form, said.symbol, said.number, said.lookup,
                                     stamp(now), said.collection)}


def _post_notice(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    notice = uuid.uuid4().hex
    return {"notice": notice,
            "position": post_notice(connection, said.office, notice, said.title, said.text, stamp(now))}


def _revoke_device(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    current = connection.execute(
        select(devices.c.current_epoch).where(devices.c.id == said.device).with_for_update()
    ).scalar()
    if current is None:
        raise ProblemRaised("unknown_device", 404, device=said.device)
    connection.execute(update(devices).where(devices.c.id == said.device).values(revoked_upto=current))
    _revoke(connection, "device", said.device, now)
    return {"device": said.device, "revoked_upto": current}


def _revoke_clerk(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    _revoke(connection, "clerk", said.clerk, now)
    return {"clerk": said.clerk}


def _revoke(connection: Connection, kind: str, who: str, now: datetime) -> None:
    known = select(revocations.c.since).where(revocations.c.kind == kind, revocations.c.id == who)
    if connection.execute(known).scalar() is None:
        connection.execute(insert(revocations).values(kind=kind, id=who, since=stamp(now)))


def _set_min_app(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    set_min_app(connection, said.version)
    return {"min_app": said.version}


def _restored(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    fresh, at = uuid.uuid4().hex, stamp(now)
    earlier = earlier_restores(said.data)
    write_restore(said.data, at)
    mark_restored(connection, fresh, at, earlier)
    return {"incarnation": fresh, "restores": len({*earlier, at}), "then": "settle-leases"}


def _settle_leases(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    return {"unsettled_since": settle_leases(connection)}


def _check_files(connection: Connection, opened: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    return check_files(connection, opened.files, now, content=said.content)


def _report(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    return report(connection, said.office)


def _prepare_database(connection: Connection, _: Opened, said: Arguments, now: datetime) -> dict[str, Any]:
    return {"serving_role": said.serving_role, **grant_serving(connection, said.serving_role)}


COMMANDS: dict[str, tuple[Command, str, tuple[tuple[str, dict[str, Any]], ...]]] = {
    **of_operators.COMMANDS,
    "add-office": (_add_office, "keep an office file (JSON)", (("file", {"type": Path}),)),
    "enrol-code": (_enrol_code, "mint a one-time code for a counter", (
        ("--office", {"required": True}), ("--counter", {"required": True}))),
    "enrol-file": (make_enrol_file, "a file or square code with which a machine joins without typing", ENROL_FILE),
    "personal-code": (_personal_code, "mint the one-time code with which a clerk chooses her secret", (
        ("clerk", {}), ("--office", {"required": True}))),
    "import-package": (_import_package, "sign and keep a catalogue or calendar (JSON)", (
        ("file", {"type": Path}), ("--kind", {"required": True}), ("--version", {"required": True}),
        ("--valid-from", {"required": True, "type": date.fromisoformat}))),
    "known-problems": (_known_problems, "tell counters a list (JSON) of faults; without one: say it", (
        ("file", {"type": Path, "nargs": "?"}),)),
    "sign-packages": (_sign_packages, "vouch for the installers that SHA256SUMS in a folder lists", (
        ("folder", {"type": Path}),)),
    "post-status": (_post_status, "an agency's word on a dossier", (
        ("code", {}), ("status", {}), ("--note", {}))),
    "post-alias": (_post_alias, "the province's own code for a printed number", (("code", {}), ("alias", {}))),
    "post-notice": (_post_notice, "a message to an office", (
        ("--office", {"required": True}), ("--title", {"required": True}), ("text", {}))),
    "bind-receipt": (_bind_receipt, "the electronic receipt that a temporary slip stood for", (
        ("slip", {}), ("--form", {"default": ""}), ("--symbol", {"required": True}),
        ("--number", {"required": True}), ("--lookup", {"default": "", "help": "the code it is looked up by"}),
        ("--collection", {"default": "", "help": "op_id, where two collections bear one slip number"}))),
    "revoke-device": (_revoke_device, "refuse a counter's machine until it is enrolled anew", (("device", {}),)),
    "revoke-clerk": (_revoke_clerk, "tell all counters that a clerk may no longer sign in", (("clerk", {}),)),
    "set-min-app": (_set_min_app, "the oldest client that may go on", (("version", {}),)),
    "restored": (_restored, "after a restore from a backup: a new incarnation", ()),
    "settle-leases": (_settle_leases, "every counter has called since the restore: believe no past any more", ()),
    "prepare-database": (_prepare_database, "as the schema's owner: what a serving role may do", (
        ("--serving-role", {"default": "qmc_gateway"}),)),
    "check-files": (_check_files, "whether the disk still has every file; sweeps abandoned drafts", (
        ("--content", {"action": "store_true", "help": "read each one and compare its SHA-256"}),)),
    "report": (_report, "what the province holds", (("--office", {}),)),
}


def main(argv: Sequence[str]) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m sync.gateway")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, said, options) in COMMANDS.items():
        command = commands.add_parser(name, help=said)
        add_place(command)
        for option, settings in options:
            command.add_argument(option, **settings)
    chosen = parser.parse_args(argv)
    opened = open_or_say(chosen.data, chosen.database)
    if isinstance(opened, str):
        return _answer({"ok": False, "reason": opened})
    try:
        with opened.database.writing() as connection:
            done = COMMANDS[chosen.command][0](connection, opened, chosen, datetime.now(UTC))
    except ProblemRaised as problem:
        return _answer({"ok": False, "reason": problem.problem.code, **problem.problem.values})
    except MalformedMessage as error:
        return _answer({"ok": False, "reason": "file_malformed", "where": error.where, "what": error.what})
    except (OSError, ValueError) as error:
        return _answer({"ok": False, "reason": "file_unreadable", "what": type(error).__name__})
    finally:
        opened.database.close()
    return _answer({"ok": True, **done})


def _answer(answer: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
