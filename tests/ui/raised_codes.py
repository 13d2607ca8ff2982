"""Every code that any room can hand to `ui.messages`, read from the syntax tree, with the values it carries.

Codes that never become a message of four sentences (a doubt beside a field, an alarm in its card, a verdict in
its list) are named here too, for the test that they have words where they are shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import app
import sync
import ui
from app.devices.printer import Trouble
from app.devices.scanning.port import ScanTrouble
from app.domain import calendar, citizen_card
from app.domain.business_day import ClockFinding
from app.domain.life.moves import MOVES
from app.domain.people.grant import Standing
from app.domain.people.secret import FAULTS
from app.services.standing import Reason
from sync.contract.problems import Code
from sync.contract.signatures import SignatureCode
from sync.file_lines import _AS_FILE

ROOMS = tuple(Path(room.__file__).parent for room in (app, sync, ui) if room.__file__)
HOUSE = ROOMS[0].parent

Passed = frozenset[str] | None
"""Names of the values; None when they cannot be read from the place (`**values`)."""


@dataclass(frozen=True)
class Raised:
    code: str
    passes: Passed
    where: str


@dataclass(frozen=True)
class Source:
    """A file as a tree, walked once: what is asked for again and again is only its calls and classes."""

    tree: ast.Module
    calls: tuple[ast.Call, ...]
    classes: tuple[ast.ClassDef, ...]


def _walked(path: Path) -> Source:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    return Source(
        tree, tuple(node for node in nodes if isinstance(node, ast.Call) and node.args),
        tuple(node for node in nodes if isinstance(node, ast.ClassDef)),
    )


# Codes that are not literals at the place that raises them.
PASSED_ON = {
    "sync/client.py", "sync/engine.py", "sync/file_lines.py", "sync/book.py", "sync/packages.py",
    "sync/core/contact.py", "sync/core/sending.py", "ui/command_line/receive.py",
    "ui/pages/sync/line_words.py", "ui/pages/home/alarm_words.py", "ui/pages/digitise/viewing.py",
    "ui/pages/sync/aside_card.py", "ui/pages/sync/stuck_words.py", "ui/dialogs/second_copy_sheet.py",
    "ui/operations/read_statement.py",
    "app/domain/life/fold.py", "app/services/handover/reading.py",
    "app/services/results/taking_in.py", "app/services/post/posting.py",
    "app/services/upgrade/take_over.py", "ui/pages/admin/backup_card.py", "ui/pages/admin/version_card.py",
    "ui/pages/restore_page.py", "ui/pages/key_back_page.py", "ui/opening.py", "ui/closing.py",
    "ui/dialogs/support_sheet.py", "ui/models/self_check_words.py", "ui/operations/self_check.py",
}
"""Files that hand on another error's code as it is."""
NOTED = {
    "sync/file_lines.py": tuple(_AS_FILE.values()),
    "app/services/backup/rehearse.py": ("backup_parted", "backup_ahead"),
    "ui/operations/self_check.py": ("support_bundle_failed",),
    "app/services/file_courier.py": ("file_purged",),
}
"""Codes that are written down instead of raised: why the province does not take a document, what a drill found."""
WITH_VALUES = {
    "sync/core/contact.py": (Reason.FORK, Reason.OLDER_THAN_PROVINCE, Reason.OLDER_THAN_WITNESS),
    "app/services/second_copy.py": ("second_copy_slow",),
}
"""Written down with the values of that moment: why numbers stopped, and that a medium is slow."""
ACTING = ("app/services/life/acting.py", "refusal.code")
"""Where the table of moves refuses an act, with the dossier's code among the values."""


def _move_codes() -> tuple[str, ...]:
    """Every answer of the table of moves, and what a conflict of dates is called."""
    named = {code for move in MOVES.values() for code in (move.code, move.custody_code, move.delivery_code)}
    tree = ast.parse((HOUSE / "app/domain/life/moves.py").read_text(encoding="utf-8"))
    returned = {
        node.value for each in ast.walk(tree) if isinstance(each, ast.Return) and each.value is not None
        for node in ast.walk(each.value) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return tuple(sorted((named | returned | {"due_moved_meanwhile"}) - {""}))


TABLES = {
    ACTING: _move_codes(),
    ("app/domain/people/rights.py", "f'grant_{found}'"): tuple(
        f"grant_{each}" for each in Standing if each is not Standing.GOOD),
    ("app/services/people/sign_in.py", "fault"): FAULTS,
    ("ui/dialogs/own_secret_sheet.py", "fault"): FAULTS,
    ("app/services/people/sign_in.py", "refusal"): ("secret_wrong", "personal_code_wrong"),
    ("app/domain/citizen_card.py", "_OTHER_CODES[kind]"): tuple(citizen_card._OTHER_CODES.values()),
    ("app/devices/cups_printer.py", "status.trouble.value"): tuple(Trouble),
    ("ui/qt_printer.py", "trouble.value"): tuple(Trouble),
    ("app/devices/scanning/port.py", "trouble.value"): tuple(ScanTrouble),
}
READER, FAMILIES, WEDGE = "app/domain/package_reader.py", "app/domain/package_kind.py", "app/devices/wedge.py"
BUILT = {(FAMILIES, "f'{kind}_{fault}'"), (WEDGE, "self.flaws[0]"), (READER, "refusal.code")}
"""Codes put together; `_families` and `_flaws` say of what."""


def all_raised() -> tuple[Raised, ...]:
    """Everything that needs words."""
    return _read()[0]


def unexplained() -> frozenset[tuple[str, str]]:
    """Places that raise a code which is no literal and that nobody listed above."""
    return _read()[1]


@cache                                     # the findings, not the trees: those would slow every garbage collection
def _read() -> tuple[tuple[Raised, ...], frozenset[tuple[str, str]]]:
    trees = {
        path.relative_to(HOUSE).as_posix(): _walked(path)
        for room in ROOMS for path in sorted(room.rglob("*.py"))
    }
    names = _error_names(trees)
    found = [each for where, tree in trees.items() for each in _raised_in(where, tree, names)]
    found += _families(trees, found)
    found += [Raised(code, frozenset(), where) for where, codes in NOTED.items() for code in codes]
    found += [Raised(code, None, where) for where, codes in WITH_VALUES.items() for code in codes]
    found += [Raised(flaw, frozenset(), WEDGE) for flaw in _flaws(trees[WEDGE].tree)]
    given = {each.code for each in found}
    found += [Raised(code, frozenset(), "gateway") for code in gateway_codes() if code not in given]
    built = {
        (where, ast.unparse(call.args[0])) for where, tree in trees.items() for call in _error_calls(tree, names)
        if not _codes(call.args[0]) and not _chosen(tree.tree, call)
    }
    open_places = {place for place in built - set(TABLES) - BUILT if place[0] not in PASSED_ON}
    return tuple(found), frozenset(open_places)


def hindrance_codes() -> set[str]:
    return _literals("app/domain/intake.py", "Hindrance")


def alarm_codes() -> set[str]:
    """What the office may have to mend: literals, and the codes that clock and calendar bring along."""
    clock = re.findall(r"`(clock_\w+)`", ClockFinding.__doc__ or "")
    return (
        _literals("app/services/outside_view.py", "Alarm") | set(calendar._WARNING_CODES.values())
        | {code for code in clock if not code.startswith("clock_jumped")}      # recorded, not shown
    )


def finding_codes() -> set[str]:
    """What the form finds wrong by itself."""
    where = "ui/pages/intake/findings.py"
    tree = ast.parse((HOUSE / where).read_text(encoding="utf-8"))
    returned = {
        node.value for each in ast.walk(tree) if isinstance(each, ast.Return) and each.value is not None
        for node in ast.walk(each.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "_" in node.value
    }
    return _literals(where, "Finding") | _literals(where, "doubt") | {
        code for code in returned if code.startswith("identifier_")
    }


def _literals(where: str, name: str) -> set[str]:
    calls = _error_calls(_walked(HOUSE / where), {name})
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


def gateway_codes() -> tuple[str, ...]:
    return tuple(
        value for codes in (Code, SignatureCode) for name, value in vars(codes).items() if name.isupper()
    )


def card_warnings() -> tuple[str, ...]:
    """What `read_card` promises to warn of."""
    promise = citizen_card.read_card.__doc__ or ""
    return tuple(re.findall(r"`(\w+)`", promise.split("Warnings,")[1].split("Refusals:")[0]))


def _error_names(trees: dict[str, Source]) -> set[str]:
    """`KnownError` and everything derived from it."""
    names, before = {"KnownError"}, 0
    classes = [node for tree in trees.values() for node in tree.classes]
    while len(names) > before:
        before = len(names)
        names |= {each.name for each in classes if any(_name(base) in names for base in each.bases)}
    return names


def _error_calls(tree: Source, names: set[str]) -> Iterator[ast.Call]:
    return (call for call in tree.calls if _name(call.func) in names)


def _raised_in(where: str, tree: Source, names: set[str]) -> Iterator[Raised]:
    for call in _error_calls(tree, names | {"Hindrance", "ProblemRaised", "Problem"}):
        kind, first, at = _name(call.func), call.args[0], f"{where}:{call.lineno}"
        if kind == "ProblemRaised" and isinstance(first, ast.Constant):
            continue                       # said to the province's operator, who reads English
        passes = _passed(call)
        if kind == "Hindrance":
            passes = frozenset({"subject"} if len(call.args) > 2 else ())
        for code in _codes(first) or _chosen(tree.tree, call):
            yield Raised(code, passes, at)
        for code in TABLES.get((where, ast.unparse(first)), ()):
            yield Raised(str(code), passes, at)


def _codes(first: ast.expr) -> tuple[str, ...]:
    if isinstance(first, ast.Constant):
        return (str(first.value),)
    if isinstance(first, ast.IfExp):
        return _codes(first.body) + _codes(first.orelse)
    if isinstance(first, ast.Attribute) and _name(first.value) == "Code":
        return (str(getattr(Code, first.attr)),)
    return ()


def _chosen(tree: ast.Module, call: ast.Call) -> tuple[str, ...]:
    """`code` of `code = "disk_full" if … else "backup_failed"`, two lines above its raise."""
    first = call.args[0]
    if not isinstance(first, ast.Name):
        return ()
    around = [
        each for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and each.lineno <= call.lineno <= (each.end_lineno or 0)
    ]
    return tuple(
        code for function in around[-1:] for each in ast.walk(function)
        if isinstance(each, ast.Assign) and first.id in map(_name, each.targets) for code in _codes(each.value)
    )


def _passed(call: ast.Call) -> Passed:
    names = {keyword.arg for keyword in call.keywords}
    if None in names:
        return None
    return frozenset(str(name) for name in names - {"after", "retry_after"})


def _families(trees: dict[str, Source], found: list[Raised]) -> list[Raised]:
    """`calendar_not_json` and its like: what the reader of packages refuses, under the name of each kind."""
    kinds = {
        str(call.args[0].value) for tree in trees.values() for call in _error_calls(tree, {"reading"})
        if isinstance(call.args[0], ast.Constant)
    }
    faults = [each for each in found if each.where.startswith(READER)]
    return [
        Raised(f"{kind}_{each.code.partition('_')[2]}", each.passes, each.where)
        for kind in kinds for each in faults
    ]


def _flaws(tree: ast.Module) -> set[str]:
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in constants if isinstance(text, str) and re.fullmatch("scan_[a-z_]+", text)}


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))
