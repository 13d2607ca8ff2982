"""A courier that can be killed: contact after contact until no document waits.

    python -m tests.benchmarks.file_courier OFFICE_FOLDER KEY_FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.bootstrap import open_application
from app.clock import SystemClock
from app.paths import DataFolder
from sync.engine import run_once


def main(office: str, keys: str) -> None:
    application = open_application(DataFolder(Path(office)), clock=SystemClock(), key_folder=Path(keys))
    try:
        while run_once(application.database, application.clock, blobs=application.blobs).files_waiting:
            pass
    finally:
        application.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
