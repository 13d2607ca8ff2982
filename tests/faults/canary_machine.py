"""A clerk's account with nothing in it, an enrolled counter, and a print system that swallows what it gets.

Everything that a program of this account writes lies in one folder: home, temporary files, XDG's places, what the
session writes down of standard error, the working folder for core files. `hers` is where a clerk saves on purpose,
`medium` the stick of the second copy and of the bundles. `session` lives in memory, as a system gives one to each
session (XDG_RUNTIME_DIR): a stolen PC has none, and a closed window leaves nothing there either.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.bootstrap import Application, open_application
from app.clock import SystemClock
from app.devices.paper_tray import SESSION
from app.domain.catalogue_codec import dump_catalogue
from app.domain.vietnam_time import local
from app.paths import DataFolder
from app.services.counter import enrol
from app.services.numbers import store_lease
from app.services.packages import install_package
from app.services.second_copy import PROVINCE_KEY, choose
from app.store.settings import write_setting
from sync.second_copy.disk import MediumDisk
from sync.second_copy.medium import make_medium
from tests.office import AGENCIES, Province, sample_catalogue, sample_enrolment
from ui.command_line.folder import KEYS
from ui.paper_printer import SETTING

_LP = """#!/bin/sh
case "$(basename "$0") $*" in
    "lp "*) wc -c >> "{spool}"; echo "request id is quay-1 (1 file(s))" ;;
    "lpstat -r") echo "scheduler is running" ;;
    "lpstat -e") echo quay ;;
    "lpstat -d") echo "system default destination: quay" ;;
    "lpstat -a") echo "quay accepting requests since now" ;;
    *) echo "printer quay is idle.  enabled since now" ;;
esac
"""


@dataclass(frozen=True, slots=True)
class Machine:
    root: Path
    session: Path | None = None

    @property
    def account(self) -> Path:
        """All that is looked through."""
        return self.root / "account"

    @property
    def data(self) -> DataFolder:
        return DataFolder(self.account / "home" / ".local" / "share" / "quay-mot-cua")

    @property
    def hers(self) -> Path:
        return self.root / "hers"

    @property
    def medium(self) -> Path:
        return self.root / "medium"

    @property
    def keys(self) -> Path:
        return self.account / "home" / ".config" / "quay-mot-cua" / "keys"

    @property
    def session_log(self) -> Path:
        """Where a session writes down what its programs say on standard error."""
        return self.account / "home" / ".xsession-errors"

    @property
    def printed(self) -> int:
        """How many papers the print system took."""
        spool = self.root / "printed"
        return len(spool.read_text().splitlines()) if spool.exists() else 0

    def make(self) -> None:
        for part in ("home", "tmp", "cwd"):
            (self.account / part).mkdir(parents=True, mode=0o700)
        for folder in (self.hers, self.medium, self.root / "bin"):
            folder.mkdir()
        for program in ("lp", "lpstat"):
            file = self.root / "bin" / program
            file.write_text(_LP.format(spool=self.root / "printed"))
            file.chmod(0o755)
        _enrol(self)

    def surroundings(self, *, has_session: bool = True) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_"))}
        home = self.account / "home"
        session = {SESSION: str(self.session)} if has_session and self.session is not None else {}
        return kept | session | {
            "HOME": str(home), "TMPDIR": str(self.account / "tmp"),
            "XDG_CACHE_HOME": str(home / ".cache"), "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local" / "share"), "XDG_STATE_HOME": str(home / ".local" / "state"),
            KEYS: str(self.keys), "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }


def _enrol(machine: Machine) -> None:
    clock, noise, province = SystemClock(), random.Random(1), Province(Ed25519PrivateKey.generate())
    office = open_application(machine.data, clock=clock, key_folder=machine.keys, randomness=noise.randbytes)
    try:
        _fill(office, province, noise, machine.medium)
    finally:
        office.close()


def _fill(office: Application, province: Province, noise: random.Random, medium: Path) -> None:
    now = office.clock.now()
    seal = X25519PrivateKey.generate().public_key().public_bytes_raw()
    with office.database.writing() as connection:
        enrol(connection, Ed25519PrivateKey.from_private_bytes(noise.randbytes(32)),
              sample_enrolment("quay-1", province))
        install_package(connection, "catalogue", "thử-1", "2026-01-01", dump_catalogue(sample_catalogue()), now)
        write_setting(connection, PROVINCE_KEY, seal.hex())
        write_setting(connection, SETTING, {"way": "cups"})
        choose(connection, medium, make_medium(medium, "quay-1", now, MediumDisk()).id)
    office.reread()
    yesterday = local(now).date() - timedelta(days=1)
    with office.database.writing() as connection:
        for agency in AGENCIES:
            store_lease(connection, office.enrolled, *province.lease(agency.id, 1, 9_999, first=yesterday))
