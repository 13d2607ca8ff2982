"""What one province decides about its bridge: a JSON file, read at the start, refused where it is not understood.

Lists whose values no source confirms are here with the values that were seen in use: a province that knows better
changes a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from sync.contract.codec import Id, MalformedMessage, Name, from_json
from sync.gateway.bridge.states import State

STATE_CODES = frozenset(str(int(state)) for state in State)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Progress:
    """When CapNhatTienDoHoSoMC is sent. Seen in use: whole, once finished."""

    OFF = "off"
    WHEN_FINISHED = "when_finished"
    AS_IT_GOES = "as_it_goes"


class CodeUsed:
    """Which code a dossier bears there: the one on the receipt, or the province's own, with ours as SoBienNhan."""

    PRINTED = "printed"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Lists:
    """National lists whose values are not confirmed everywhere. "" leaves a value out."""

    fee_kinds: Mapping[str, str] = field(default_factory=lambda: {"fee": "1", "charge": "2"})
    fee_timing: Mapping[str, str] = field(default_factory=lambda: {"before": "1", "after": "2", "exempt": "3"})
    paper_kinds: Mapping[str, str] = field(
        default_factory=lambda: {"originals": "1", "certified": "2", "copies": "3"})
    supplement_states: Mapping[str, str] = field(default_factory=lambda: {"asked": "0", "received": "1"})
    payment: Mapping[str, str] = field(default_factory=lambda: {"none": "0", "online": "2", "other": "3"})
    filed: Mapping[str, str] = field(default_factory=lambda: {"national": "1", "here": "2"})
    other_identifier: Id = ""                      # LoaiDinhDanh of a passport
    databases: tuple[Id, ...] = ()                 # MaCSDL asked while the dossier was received


@dataclass(frozen=True, slots=True)
class Answers:
    """How the other side says things. Words are compared without diacritics, in lower case."""

    code_keys: tuple[Id, ...] = ("error_code", "errorCode", "code")
    text_keys: tuple[Id, ...] = ("message", "error_message", "errorMessage", "mess")
    data_keys: tuple[Id, ...] = ("data", "result")
    session_keys: tuple[Id, ...] = ("session",)
    status_keys: tuple[Id, ...] = ("TrangThaiHoSo", "TrangThai")
    progress_key: Id = ""                          # where TraCuuHoSo tells the progress, if it does
    success: tuple[Id, ...] = ("0", "00")
    session_codes: tuple[Id, ...] = ()
    exists: tuple[Name, ...] = ("da ton tai",)
    absent: tuple[Name, ...] = ("khong ton tai", "chua ton tai", "khong tim thay", "khong co ho so")
    session_over: tuple[Name, ...] = ("het phien", "phien lam viec", "session")


@dataclass(frozen=True, slots=True)
class Returns:
    """What is asked back. `states`: which of its states become the agency's word in the office's feed."""

    states: tuple[Id, ...] = ()                    # none: nothing is asked
    hours: int = 6                                 # between two questions about one dossier

    def __post_init__(self) -> None:
        if not set(self.states) <= STATE_CODES or self.hours < 1:
            raise ValueError("returns_out_of_range")


@dataclass(frozen=True, slots=True)
class Configuration:
    """One province's bridge. Paths in it are relative to the file it stands in."""

    login_url: Name
    service_url: Name
    unit: Id                                       # madonvi
    username: Name
    password_file: Name
    ca_file: Name = ""                             # own authority, instead of the system's
    timeout_seconds: int = 60
    interval_seconds: int = 60                     # between two rounds of --serve
    folds: Mapping[str, str] = field(default_factory=dict)     # state → what this province says instead
    progress: Id = Progress.WHEN_FINISHED
    code: Id = CodeUsed.PRINTED
    procedure_suffix: Id = ""                      # ".000.00.00.H56" after MaTTHC, where it is wanted
    field_codes: Mapping[str, str] = field(default_factory=dict)   # lĩnh vực → MaLinhVuc
    file_link: Name = ""                           # with {sha256}; "" sends no address
    limits: Mapping[str, int] = field(default_factory=dict)    # letters a field may have, beside `values.LIMITS`
    lists: Lists = field(default_factory=Lists)
    answers: Answers = field(default_factory=Answers)
    returns: Returns = field(default_factory=Returns)

    def __post_init__(self) -> None:
        for name in ("login_url", "service_url"):
            parts = urlsplit(getattr(self, name))
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
                raise MalformedMessage(name, "not_https")
        if self.progress not in (Progress.OFF, Progress.WHEN_FINISHED, Progress.AS_IT_GOES):
            raise MalformedMessage("progress", "unknown")
        if self.code not in (CodeUsed.PRINTED, CodeUsed.ALIAS):
            raise MalformedMessage("code", "unknown")
        if not {*self.folds, *self.folds.values()} <= STATE_CODES:
            raise MalformedMessage("folds", "not_states")
        if self.timeout_seconds < 1 or self.interval_seconds < 1 or any(each < 2 for each in self.limits.values()):
            raise MalformedMessage("timeout_seconds, interval_seconds, limits", "out_of_range")

    def folded(self, state: State) -> str:
        """The state as this province says it: the only place where a true state is changed."""
        return self.folds.get(str(int(state)), str(int(state)))


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration with what stands in other files."""

    configuration: Configuration
    password: str
    ca_file: Path | None


def read_settings(path: Path) -> Settings:
    """Raises OSError, MalformedMessage."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MalformedMessage("", "not_json") from error
    _refuse_unknown(Configuration, content, "")
    found = from_json(Configuration, content)
    password = (path.parent / found.password_file).read_text(encoding="utf-8").strip()
    return Settings(found, password, path.parent / found.ca_file if found.ca_file else None)


def _refuse_unknown(cls: Any, content: Any, where: str) -> None:
    """A misspelt name would leave a default standing and nobody would know."""
    if not isinstance(content, dict):
        return
    hints = get_type_hints(cls)
    known = {each.name for each in fields(cls)}
    for name, value in content.items():
        if name not in known:
            raise MalformedMessage(f"{where}{name}", "unknown")
        if is_dataclass(hints[name]):
            _refuse_unknown(hints[name], value, f"{where}{name}.")
