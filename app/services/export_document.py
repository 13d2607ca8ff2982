"""A stored document as a file of its own, outside the encrypted store: its name and how it gets there."""

from __future__ import annotations

import re
from pathlib import Path

from app.domain.digitised import RESULT
from app.domain.text import fold
from app.errors import Refusal
from app.services.filed_paper import FiledPaper, FiledVersion
from app.whole_file import put_whole

_NOT_PLAIN = re.compile(r"[^0-9A-Za-z.\-]+")
_LONGEST_PART = 40


def export_name(paper: FiledPaper, version: FiledVersion, document: int = 1) -> str:
    """<mã hồ sơ>_<STT>_<mã giấy tờ>_<lần>.pdf in ASCII, the same for the same paper on every machine.

    STT is KQ for the dossier's result and 0 for a paper that was taken out of the dossier; without a type code
    the requirement's own stands. Document 2, 3 … of a version gets its number as a fifth part.
    """
    place = str(paper.place) if paper.place else "KQ" if paper.requirement == RESULT else "0"
    kind = version.paper.about.type_code or paper.requirement
    parts = [paper.code, place, kind, str(version.number), *([str(document)] if document > 1 else [])]
    return "_".join(_plain(part) for part in parts) + ".pdf"


def put_export(folder: Path, name: str, content: bytes) -> Path:
    """`content` as a file of `folder`; returns where it is. Nothing is ever overwritten.

    A file of that name with the same content is the export already; beside another one " (2)" is tried.
    Raises Refusal `file_unwritable`; nothing half stays behind.
    """
    number, plain = 1, Path(name)
    try:
        while True:
            target = folder / (name if number == 1 else f"{plain.stem} ({number}){plain.suffix}")
            if not target.exists():
                put_whole(target, content, replaces=False)
                return target
            if target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content:
                return target
            number += 1
    except OSError as error:
        raise Refusal("file_unwritable", file=name) from error


def _plain(part: str) -> str:
    """ASCII without marks, nothing a file system minds; an upper-case code stays as it is."""
    bare = part if part.isascii() else fold(part)
    return _NOT_PLAIN.sub("-", bare)[:_LONGEST_PART].strip("-.") or "0"
