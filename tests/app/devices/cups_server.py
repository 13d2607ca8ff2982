"""A CUPS of the tests' own: private folder, private socket, real queues; it ends only the process it started.

Needs the Debian packages cups-daemon, cups-client and cups-filters. Nothing of the machine's own printing is read
or changed, and no network port is opened.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SYSTEM_PROGRAMS = Path("/usr/lib/cups")
DAEMON = "/usr/sbin/cupsd"

# A printer that takes PDF and prints borderless A4 and A5, so that what it receives is what CUPS' filters made.
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*Throughput: "1"
*TTRasterizer: Type42
*cupsVersion: 2.4
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "12 12 583 830"
*ImageableArea A5: "12 12 408 583"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*PaperDimension A5: "420 595"
"""

# A backend is a program that CUPS runs per job. This one says what a real device says, by the queue's address.
BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct sick "Test" "A printer in trouble"'; exit 0; }
reason="${DEVICE_URI#sick:/}"
echo "STATE: +$reason" >&2
cat > /dev/null
while [ -e "$SICK_UNTIL" ]; do sleep 0.05; done
echo "STATE: -$reason" >&2
exit 0
"""


@dataclass(frozen=True, slots=True)
class CupsServer:
    """Where the private server listens and where its queues write."""

    folder: Path

    @property
    def address(self) -> str:
        return str(self.folder / "cups.sock")

    def run(self, *command: str) -> str:
        environment = {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
        if done.returncode:
            raise AssertionError(f"{command}: {done.stderr}")
        return done.stdout

    def add_queue(self, name: str) -> Path:
        """A working queue; what it "prints" lies in the file whose path is returned."""
        paper = self.folder / f"{name}.pdf"
        paper.touch()
        paper.chmod(0o666)
        self.run("lpadmin", "-p", name, "-v", f"file:{paper}", "-E", "-P", str(self.folder / "test.ppd"))
        return paper

    def add_sick_queue(self, name: str, reason: str) -> None:
        """A queue whose printer reports `reason` (an IPP printer-state-reason) while its job hangs."""
        self.run("lpadmin", "-p", name, "-v", f"sick:/{reason}", "-E", "-P", str(self.folder / "test.ppd"))

    def heal(self) -> None:
        """Let the hanging jobs of sick queues go on."""
        (self.folder / "sick").unlink(missing_ok=True)


def _lay_out(folder: Path) -> None:
    for name in ("spool/tmp", "cache", "state", "conf/ppd", "programs"):
        (folder / name).mkdir(parents=True)
    for entry in SYSTEM_PROGRAMS.iterdir():
        if entry.name != "backend":
            (folder / "programs" / entry.name).symlink_to(entry)
    backends = folder / "programs" / "backend"
    backends.mkdir()
    (backends / "sick").write_text(BACKEND)
    (backends / "sick").chmod(0o700)
    (folder / "sick").touch()
    (folder / "test.ppd").write_text(PPD)
    (folder / "conf" / "cupsd.conf").write_text(f"""
Listen {folder}/cups.sock
Browsing Off
WebInterface No
LogLevel debug
MaxLogSize 0
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
""")
    (folder / "conf" / "cups-files.conf").write_text(f"""
FileDevice Yes
ServerRoot {folder}/conf
ServerBin {folder}/programs
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SetEnv SICK_UNTIL {folder}/sick
""")


@contextmanager
def cups_server() -> Iterator[CupsServer]:
    """A running private CUPS; its folder is gone afterwards."""
    # Not pytest's folder: a socket's path may have 107 letters, and CUPS' children must be able to walk to it.
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    folder.chmod(0o755)
    _lay_out(folder)
    server = CupsServer(folder)
    conf = folder / "conf"
    process = subprocess.Popen([DAEMON, "-f", "-c", conf / "cupsd.conf", "-s", conf / "cups-files.conf"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(server, process)
        yield server
    finally:
        server.heal()
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _await(server: CupsServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        try:
            if "is running" in server.run("lpstat", "-r"):
                return
        except AssertionError:
            continue
    log = server.folder / "error_log"
    raise AssertionError(log.read_text() if log.exists() else "cupsd did not start")
