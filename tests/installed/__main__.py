"""`python -m tests.installed DEB`: the whole trial; each step is a JSON line, the figures are the last one."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.printing.decode_back import codes_on_pages
from tests.installed.figures import memory
from tests.installed.province import SELF_TEST, Province
from tests.installed.root import CleanRoot
from tests.installed.ways import MAY_OPEN_NOTHING, WALKS, WITH_SIGN_IN

HERE = Path(__file__).resolve().parent
CLERK = "clerk"
BOOK = ".local/share/quay-mot-cua"
TOOLS = ("xvfb", "openbox", "xdotool", "x11-utils", "dbus", "at-spi2-core", "python3-gi",
         "gir1.2-atspi-2.0", "procps")
FILL = """
import sys
from ui.launch import main
data, card, count, *procedures = sys.argv[1:]
for turn in range(int(count)):
    if main(["receive", "--data", data, "--card", card, "--procedure", procedures[turn % len(procedures)],
             "--phone", "0905000103"]):
        sys.exit(1)
"""


class TrialFailed(Exception):
    """A promise of the installer was not kept; the text says which."""


def tell(step: str, **values: object) -> None:
    sys.stdout.write(json.dumps({"step": step, **values}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def hold(is_kept: bool, promise: str) -> None:
    if not is_kept:
        raise TrialFailed(promise)


class Trial:
    """One root, one province, one clerk."""

    def __init__(self, place: Path, suite: str, base: Path | None) -> None:
        self.place, self.root = place, CleanRoot(place / "root")
        self.root.make(suite, base)
        self.province = Province(place / "province")
        self.screen = 70 + os.getpid() % 20
        self.figures: dict[str, Any] = {}
        self.faults: dict[str, list[str]] = {}
        self.keys = {"QMC_KEYS": f"/home/{CLERK}/.config/quay-mot-cua/keys"}

    # the package

    def install(self, deb: Path) -> None:
        """With apt, as a person would, in a root that has nothing else."""
        shutil.copyfile(deb, self.root.folder / deb.name)
        self.root.run("apt-get", "-qq", "update")
        started = time.monotonic()
        self.root.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y",
                      "--no-install-recommends", f"/{deb.name}")
        tell("install", deb=deb.name, seconds=round(time.monotonic() - started),
             packages=int(self.root.run("sh", "-c", "dpkg-query -W | wc -l")),
             version=self.root.run("dpkg-query", "-W", "-f", "${Version}", "quay-mot-cua"))

    def check_libraries(self) -> None:
        """Before any screen's tools are there: every library that a shipped file wants is found."""
        missing = self.root.run(
            "sh", "-c", "find /opt/quay-mot-cua/program -type f \\( -name '*.so*' -o -perm -100 \\) -print0 | "
            "LD_LIBRARY_PATH=/opt/quay-mot-cua/program/_internal xargs -0 ldd 2>/dev/null | grep 'not found' | "
            "sort -u; true")
        hold(not missing.strip(), f"every library is there: {missing}")
        verified = self.root.run("dpkg", "--verify", "quay-mot-cua")
        hold(not verified.strip(), f"what is installed is what was packed: {verified}")
        tell("libraries", missing=0)

    def self_test(self) -> None:
        self.root.run("useradd", "-m", CLERK)
        out = self.root.run("quay-mot-cua", "--self-test", "--gateway", self.province.gateway.url, "--code",
                            self.province.code(SELF_TEST), user=CLERK, may_fail=True)
        lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        hold(bool(lines) and all(line["ok"] for line in lines) and lines[-1]["step"] == "gateway",
             f"the program passes its own test: {lines[-1:]} {out[-500:]}")
        left = self.root.run("sh", "-c", f"ls -A /home/{CLERK} /home/{CLERK}/.local /home/{CLERK}/.config "
                             "2>/dev/null | grep -c quay; true").strip()
        hold(left == "0", f"its own test leaves nothing in the account: {left}")
        tell("self_test", steps={line["step"]: line["seconds"] for line in lines})

    def add_tools(self) -> None:
        self.root.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y",
                      "--no-install-recommends", *TOOLS)
        shutil.copytree(HERE / "hands", self.root.folder / "opt" / "hands",
                        ignore=shutil.ignore_patterns("__pycache__"))

    # the clerk

    def as_clerk(self, *command: str, may_fail: bool = False) -> dict[str, Any]:
        out = self.root.run("quay-mot-cua", *command, user=CLERK, surroundings=self.keys, may_fail=may_fail)
        answer: dict[str, Any] = json.loads(out.splitlines()[-1])
        return answer

    def hands(self, plan: dict[str, Any], heard: Callable[[dict[str, Any]], None]) -> None:
        """Let the hands work; `heard` is told each event. Raises TrialFailed when they got stuck, or the program
        ended otherwise than closed by its user: a screen reader was listening all the while."""
        process = self.root.begin(
            ["dbus-run-session", "--", "python3", "-B", "-m", "hands",
             json.dumps({"screen": self.screen, **plan})],
            CLERK, {**self.keys, "PYTHONPATH": "/opt"}, stdout=subprocess.PIPE)
        assert process.stdout is not None
        stuck, ends = "", []
        for line in process.stdout:
            if not line.startswith("{"):
                continue
            event = json.loads(line)
            if event["event"] == "stuck":
                stuck = event["what"]
            if event["event"] == "closed":
                ends.append(event["code"])
            if event["event"] == "in_sight":
                tell("in_sight", words=event["words"])
                continue
            heard(event)
        hold(process.wait() == 0 and not stuck, f"the hands came through: {stuck}")
        hold(not any(ends), f"the program ended well: {ends}")

    def enrol(self) -> None:
        answer = self.as_clerk("enrol", self.province.gateway.url, self.province.code())
        hold(answer["ok"] is True, f"the counter joins: {answer}")
        self.province.gateway.stop()

    def main_job(self) -> None:
        """Two people without a line, every place looked at, one form parked, everything at the province."""
        def heard(event: dict[str, Any]) -> None:
            if event["event"] in ("window", "offline_done"):
                self.figures[f"memory_{event['event']}"] = memory()
            if "seconds" in event:
                self.figures["first_window_seconds"] = event["seconds"]
            tell(**{"step": f"window.{event.pop('event')}", **event})

        def offline(event: dict[str, Any]) -> None:
            is_offline_done = event["event"] == "offline_done"
            heard(event)
            if is_offline_done:
                hold(event["pending"] > 0, "what was received without a line waits")
                self.read_papers()
                self.province.gateway.start()

        people = self.province.people()
        self.hands({"do": "play", "people": people, "parks": True}, offline)
        held = self.province.gateway.report()
        hold(held["dossiers"] == len(people) + 1, f"the province holds each dossier once: {held}")
        hold(not (self.root.folder / f"home/{CLERK}" / BOOK / "papers").exists(), "no paper is left behind")
        self.province.gateway.stop()

    def read_papers(self) -> None:
        """While the window is open: its tray of files goes with it."""
        papers = sorted((self.root.folder / f"home/{CLERK}" / BOOK / "papers").glob("*.pdf"))
        hold(bool(papers), "papers came out")
        for paper in papers:
            codes = codes_on_pages(paper.read_bytes())[0]
            hold(len(codes) == 2 and len({text for _, text in codes}) == 1, f"{paper.name} answers to a reader")

    def survey(self) -> None:
        """Places, pages and sheets, by keys: each opens, and each of their parts is named to a screen reader. So
        are the practice room's, the lock's, and those of an account that has not joined yet."""
        figures = {"ways": 0, "stops": 0}
        closed: list[str] = []

        def heard(event: dict[str, Any]) -> None:
            if event["event"] == "way" and not event["opens"]:
                closed.append(event["keys"])
            if event["event"] == "surveyed":
                self.faults.update(event["faults"])
                for name in figures:
                    figures[name] += event[name]
            tell(**{"step": f"survey.{event.pop('event')}", **event})

        card, code = self.province.people()[0]["card"], self.join_with_sign_in()
        gone = 0
        for walk in WALKS:
            self.hands({"do": "survey", "words": walk.words, "begins": walk.begins, "ways": walk.ways,
                        "card": card, "code": code}, heard)
            gone += len(walk.ways)
            hold(figures["ways"] == gone, "the window stood all through")
        self.figures["surveyed"] = figures
        closed = [keys for keys in closed if keys.split()[-1] not in MAY_OPEN_NOTHING]
        hold(closed == [], f"each way opens something: {closed}")

    def join_with_sign_in(self) -> str:
        """A second book of the account, of an office where each clerk signs in; a clerk's personal code."""
        self.province.gateway.start()
        try:
            answer = self.as_clerk("enrol", self.province.gateway.url, self.province.code_with_sign_in(), "--data",
                                   WITH_SIGN_IN)
            hold(answer["ok"] is True, f"a counter with personal sign-in joins: {answer}")
            code = self.province.personal_code()
            self.as_clerk("sync", "--data", WITH_SIGN_IN)
            return code
        finally:
            self.province.gateway.stop()

    # the life of the package

    def fill_outbox(self, unsent: int, source: Path | None) -> list[str]:
        """Dossiers that wait, their codes: by the installed command, a process each; or by the checkout `source`
        of the same version on the clerk's folder, all in one process."""
        card, procedures = self.province.people()[0]["card"], self.province.procedures()
        if source is None:
            script = ('card=$1; n=$2; shift 2; while [ $n -gt 0 ]; do quay-mot-cua receive --card "$card" '
                      '--procedure "$1" --phone 0905000103 || exit 1; set -- "$@" "$1"; shift; n=$((n - 1)); done')
            out = self.root.run("sh", "-c", script, "sh", card, str(unsent), *procedures, user=CLERK,
                                surroundings=self.keys)
        else:
            home = self.root.folder / "home" / CLERK
            # The book's witness believes no other machine: there this one is called what the root is called.
            name = self.root.run("sh", "-c", "cat /etc/machine-id /var/lib/dbus/machine-id 2>/dev/null | head -1")
            (self.place / "machine-id").write_text(name, encoding="ascii")
            out = subprocess.run(
                ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/machine-id && exec "$@"',
                 str(self.place / "machine-id"), sys.executable, "-c", FILL, str(home / BOOK), card, str(unsent),
                 *procedures], cwd=source,
                env=os.environ | {"QMC_KEYS": f"{home}/.config/quay-mot-cua/keys", "PYTHONPATH": str(source)},
                check=True, capture_output=True, text=True).stdout
            self.root.run("chown", "-R", f"{CLERK}:", f"/home/{CLERK}")
        codes = [json.loads(line)["code"] for line in out.splitlines() if line.startswith("{")]
        hold(len(set(codes)) == unsent, "each got a number of its own")
        return codes

    def upgrade(self, deb: Path, unsent: int, source: Path | None, *, by_window: bool) -> None:
        codes = self.fill_outbox(unsent, source)
        before = self.as_clerk("status")
        hold(before["pending"] >= unsent and before["drafts"] >= 1, f"{unsent} operations wait, a form is parked")
        if by_window:
            self.update(deb)
        else:
            self.install(deb)
        former = self.root.folder / "opt/quay-mot-cua/former/quay-mot-cua"
        hold(former.exists(), "the version before is kept beside it")
        after = self.as_clerk("status")
        hold((after["pending"], after["drafts"], after["device"]) ==
             (before["pending"], before["drafts"], before["device"]), f"nothing is lost by the upgrade: {after}")
        self.province.gateway.start()
        self.hands({"do": "look", "patience": 240}, lambda event: tell(
            **{"step": f"upgraded.{event.pop('event')}", **event}))
        held = self.province.gateway.report()
        hold(set(codes) <= set(held["codes"]) and len(held["codes"]) == len(set(held["codes"])),
             "all have arrived, none twice")
        tell("upgrade", unsent=before["pending"], dossiers_at_province=held["dossiers"])
        self.province.gateway.stop()

    def update(self, deb: Path) -> None:
        """As a clerk does it with a stick: F9, U, the file, U. Here the system asks for no administrator."""
        stick = self.root.folder / "home" / CLERK / "stick"
        stick.mkdir()
        shutil.copyfile(deb, stick / deb.name)
        (stick / "SHA256SUMS").write_text(
            f"{hashlib.sha256(deb.read_bytes()).hexdigest()}  {deb.name}\n", encoding="utf-8")
        self.province.gateway.operate("sign-packages", str(stick))
        self.root.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y",
                      "--no-install-recommends", "sudo")
        may = self.root.folder / "etc/sudoers.d/trial"
        may.write_text(f"{CLERK} ALL=(ALL) NOPASSWD: ALL\n", encoding="ascii")
        asking = self.root.folder / "usr/bin/pkexec"
        asking.write_text('#!/bin/sh\nexec sudo -n "$@"\n', encoding="ascii")
        asking.chmod(0o755)
        version = subprocess.run(["dpkg-deb", "--field", str(deb), "Version"], check=True, capture_output=True,
                                 text=True).stdout.strip()
        self.hands({"do": "update", "file": f"/home/{CLERK}/stick/{deb.name}", "version": version},
                   lambda event: tell(**{"step": f"update.{event.pop('event')}", **event}))
        hold(self.root.run("dpkg-query", "-W", "-f", "${Version}", "quay-mot-cua").strip() == version,
             "the version from the stick is installed")

    def fall_back(self) -> None:
        """A program that says it could not take the book over, and one that is gone, give way to the former."""
        states = self.root.folder / f"home/{CLERK}/.local/state/quay-mot-cua"
        good = list(states.glob("good-*"))
        hold(bool(good), "the new version has said that its window stood")
        for file in good:                              # as before that
            file.unlink()
        program = self.root.folder / "opt/quay-mot-cua/program/quay-mot-cua"
        kept = program.with_name("kept")
        program.rename(kept)
        try:
            hold("words" in self.as_clerk("words", "1000"), "without the program the former one answers")
            program.write_text("#!/bin/sh\nexit 75\n", encoding="ascii")
            program.chmod(0o755)
            hold("words" in self.as_clerk("words", "1000"), "after exit 75 the former one answers")
        finally:
            program.unlink(missing_ok=True)
            kept.rename(program)
        tell("fall_back", ok=True)

    def remove(self) -> None:
        book = self.root.folder / f"home/{CLERK}" / BOOK / "counter.db"
        size = book.stat().st_size
        for word in ("remove", "purge"):
            self.root.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", word, "-y", "quay-mot-cua")
            hold(book.exists() and book.stat().st_size == size, f"{word} leaves the book alone")
        left = [path for path in ("opt/quay-mot-cua", "usr/bin/quay-mot-cua", "usr/share/doc/quay-mot-cua",
                                  "usr/share/applications/quay-mot-cua.desktop")
                if (self.root.folder / path).exists()]
        hold(not left, f"nothing else is left: {left}")
        tell("remove", book_bytes=size)

    def starts(self) -> None:
        self.hands({"do": "starts", "times": 5}, lambda event: self.figures.update(
            start_seconds=sorted(event["seconds"])) if event["event"] == "starts" else None)


def run_short(trial: Trial, deb: Path) -> None:
    """What tells whether the dependencies are right for a release."""
    trial.province.publish()
    trial.install(deb)
    trial.check_libraries()
    trial.self_test()


def run(trial: Trial, deb: Path, former: Path | None, unsent: int, source: Path | None, *,
        by_window: bool) -> None:
    trial.province.publish()
    first = former or deb
    trial.install(first)
    trial.check_libraries()
    trial.self_test()
    trial.add_tools()
    trial.enrol()
    trial.main_job()
    if former is not None:
        trial.upgrade(deb, unsent, source, by_window=by_window)
        trial.fall_back()
    trial.starts()                             # before other books are opened: the one opened last is meant
    trial.survey()
    trial.remove()
    tell("figures", bytes=deb.stat().st_size, **trial.figures)
    hold(not trial.faults, f"everything that takes the focus has a name and a role: {trial.faults}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.installed")
    parser.add_argument("deb", type=Path)
    parser.add_argument("--former", type=Path, help="an earlier build: installed first, upgraded from")
    parser.add_argument("--former-source", type=Path, metavar="DIR",
                        help="a checkout of what --former was built from: fills the outbox in one process")
    parser.add_argument("--by-window", action="store_true",
                        help="upgrade as a clerk does, F9 and U, instead of by apt; --former must know how")
    parser.add_argument("--suite", default="bookworm")
    parser.add_argument("--base", type=Path, help="a tar of a minimal root, instead of mmdebstrap")
    parser.add_argument("--unsent", type=int, default=20, help="operations that wait while it is upgraded")
    parser.add_argument("--short", action="store_true", help="install, libraries and self-test alone")
    parser.add_argument("--keep", action="store_true", help="leave the root where it is")
    chosen = parser.parse_args(arguments)
    place = Path(tempfile.mkdtemp(prefix="quay-installed-"))
    trial = Trial(place, chosen.suite, chosen.base)
    try:
        if chosen.short:
            run_short(trial, chosen.deb)
        else:
            run(trial, chosen.deb, chosen.former, chosen.unsent, chosen.former_source,
                by_window=chosen.by_window)
    except (TrialFailed, subprocess.CalledProcessError) as failed:
        said = f"{failed.output or ''}\n{failed.stderr or ''}" if isinstance(
            failed, subprocess.CalledProcessError) else ""
        tell("failed", what=str(failed), said=said[-1500:])
        return 1
    finally:
        trial.province.gateway.stop()
        if not chosen.keep:
            shutil.rmtree(place, ignore_errors=True)
        else:
            tell("kept", place=str(place))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
