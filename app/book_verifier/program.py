"""The program's own files, against the list that the build left among them.

    <SHA-256 in hex>  <path from the program's folder>          one line each, as `sha256sum --check` reads it

Who may write there may write a list that fits: what is found here is damage, and an edit by somebody who did not
think of the list. Whoever must know more compares the list's own digest, which is told, with the list that lies
beside the package.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.book_verifier.findings import Findings

LIST = "files.sha256"


def check_program(folder: Path | None, found: Findings) -> None:
    """`folder` of the installed program; None when it runs from source, where there is nothing to compare with."""
    if folder is None:
        found.note("program", "program_not_checked")
        return
    try:
        raw = (folder / LIST).read_bytes()
        listed = {name: digest for digest, name in (line.split("  ", 1) for line in raw.decode().splitlines())}
    except FileNotFoundError:
        found.add(f"program/{LIST}", "file_missing")
        return
    except (OSError, ValueError) as error:
        found.add(f"program/{LIST}", "unreadable", said=str(error))
        return
    found.note(f"program/{LIST}", "program_listed", digest=hashlib.sha256(raw).hexdigest())
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} - {LIST}
    for name in sorted({*listed, *there}):
        found.count("program")
        if name not in listed:
            found.add(f"program/{name}", "file_added")
            continue
        try:
            with (folder / name).open("rb") as stream:
                is_same = hashlib.file_digest(stream, "sha256").hexdigest() == listed[name]
        except FileNotFoundError:
            found.add(f"program/{name}", "file_missing")
            continue
        except OSError as error:
            found.add(f"program/{name}", "unreadable", said=str(error))
            continue
        if not is_same:
            found.add(f"program/{name}", "file_changed")
