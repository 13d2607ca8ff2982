"""A real PostgreSQL for tests: Debian's own server programs on a free loopback port, in a temporary folder.

PostgreSQL refuses to run as root, so a root's test run starts it as the user `postgres`. It ends what it started
and nothing else. One server serves a whole test run; each test that asks gets a database of its own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sync.gateway.database import open_database
from sync.gateway.schema import prepare_schema
from sync.gateway.times import stamp

MISSING = "PostgreSQL's server programs are missing; on Debian: apt install postgresql-15"
_PORT_TRIES = 5
_START_SECONDS = 60
_STRATEGIES_SINCE = 15_00_00


class PostgresMissing(Exception):
    """Names the package to install."""


@dataclass
class PostgresServer:
    """A running server; `create_database` gives the URL of an empty database."""

    port: int
    password: str
    process: subprocess.Popen[bytes]
    folder: Path
    settings: tuple[str, ...] = ()
    _count: int = field(default=0)
    _copying: str = field(default="")

    def crash(self) -> None:
        """End it at once, files as they are: what was committed is in the write-ahead log and nowhere else."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    def start_again(self, data: Path | None = None) -> None:
        """On the same port, on its own files or on others (a restored backup). Raises RuntimeError."""
        self.process = _launch(
            server_programs(), self.folder, data or self.folder / "data", self.port, self.settings)
        if not _answers(self):
            raise RuntimeError(f"PostgreSQL did not start again: {_log_of(self.folder)}")

    def run(self, program: str, *arguments: str | Path) -> None:
        """One of PostgreSQL's own programs (`pg_basebackup`), as the server's user. Raises CalledProcessError."""
        environment = {**_environment(), "PGPASSWORD": self.password, "PGHOST": "127.0.0.1",
                       "PGPORT": str(self.port), "PGUSER": "postgres"}
        subprocess.run([server_programs() / program, *arguments], check=True, capture_output=True, cwd=self.folder,
                       env=environment, **_unprivileged(self.folder))

    def url(self, database: str) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self) -> str:
        return self._create("")

    def create_prepared_database(self) -> str:
        """With the gateway's tables in it: a copy of one that was made once, so that a test pays no migration."""
        if not self._copying:
            url = self._create("")
            database = open_database(url)
            prepare_schema(database, stamp(datetime.now(UTC)))
            database.close()
            self._copying = f" TEMPLATE {url.rsplit('/', 1)[1]}{self._strategy()}"
        return self._create(self._copying)

    def _strategy(self) -> str:
        """Through the write-ahead log, the way since PostgreSQL 15, a copy costs three times the work."""
        with psycopg.connect(self.url("postgres")) as connection:
            return " STRATEGY FILE_COPY" if connection.info.server_version >= _STRATEGIES_SINCE else ""

    def _create(self, more: str) -> str:
        self._count += 1
        name = f"t{self._count}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}{more}")  # type: ignore[call-overload]
        return self.url(name)

    def drop_database(self, url: str) -> None:
        name = url.rsplit("/", 1)[1]
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def server_programs() -> Path:
    """Folder of the newest `postgres` and `initdb`. Raises PostgresMissing."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]), reverse=True,
    )
    on_path = shutil.which("postgres")
    candidates = [path.parent for path in found] + ([Path(on_path).parent] if on_path else [])
    for folder in candidates:
        if (folder / "initdb").exists():
            return folder
    raise PostgresMissing(MISSING)


@contextmanager
def running_postgres(*, durable: bool = False, settings: Sequence[str] = ()) -> Iterator[PostgresServer]:
    """A server of our own; `durable` keeps fsync on, as a benchmark needs it. `settings`: `name=value`, which may
    speak of `{folder}`, the server's own."""
    programs = server_programs()
    memory = None if durable else os.environ.get("PYTEST_DEBUG_TEMPROOT")   # tests/conftest.py says why
    folder = Path(tempfile.mkdtemp(prefix="qmc-postgres-", dir=memory))
    server = None
    try:
        lax = [] if durable else ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
        told = [each.replace("{folder}", str(folder)) for each in settings]
        server = _start(programs, folder, tuple(each for said in (*lax, *told) for each in ("-c", said)))
        yield server
    finally:
        if server is not None:
            _stop(server.process)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the whole run."""
    with running_postgres() as server:
        yield server


def _start(programs: Path, folder: Path, settings: tuple[str, ...]) -> PostgresServer:
    as_user = _unprivileged(folder)
    password = secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(_quickly_verified(password))
    if as_user:
        shutil.chown(secret, as_user["user"], as_user["group"])
    secret.chmod(0o600)
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}",
         "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True, capture_output=True, cwd=folder, env=_environment(), **as_user,
    )
    for _ in range(_PORT_TRIES):
        port = _free_port()
        process = _launch(programs, folder, data, port, settings)
        server = PostgresServer(port, password, process, folder, settings)
        if _answers(server):
            return server
        _stop(process)                             # somebody else took the port meanwhile, or worse: see the log
    raise RuntimeError(f"PostgreSQL did not start: {_log_of(folder)}")


def _quickly_verified(password: str) -> str:
    """What PostgreSQL keeps of a password, told instead of it: hashed once and not 4,096 times, at each connection
    of hundreds of tests. A guesser gains nothing, the password being 128 random bits. RFC 5803."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1)
    client, server = (hmac.digest(salted, name, "sha256") for name in (b"Client Key", b"Server Key"))
    told = (base64.b64encode(part).decode() for part in (salt, hashlib.sha256(client).digest(), server))
    return "SCRAM-SHA-256$1:{}${}:{}".format(*told)


def _launch(
    programs: Path, folder: Path, data: Path, port: int, settings: tuple[str, ...],
) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories=", "-c", "max_connections=50", *settings],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder, env=_environment(),
            **_unprivileged(folder),
        )


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _log_of(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2000:]


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Whom to run as when we are root."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError as error:
        raise PostgresMissing(MISSING) from error
    shutil.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _answers(server: PostgresServer) -> bool:
    for _ in range(_START_SECONDS * 20):
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=5).close()
            return True
        except psycopg.OperationalError:
            try:
                server.process.wait(0.05)
                return False
            except subprocess.TimeoutExpired:
                continue
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(2)                         # "fast": sessions are cut, the files are left in order
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
