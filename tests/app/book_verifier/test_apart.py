"""The verifier of books has nothing of the program in it, and a sentence for everything that it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import app.book_verifier
from app.book_verifier import Break, sentence
from app.book_verifier.words import WORDS

HERE = Path(app.book_verifier.__file__).parent
OWN = {"app.book_verifier"}
LIBRARIES = {"sqlcipher3", "cryptography"}
STANDARD = {
    "__future__", "collections", "contextlib", "dataclasses", "datetime", "hashlib", "hmac", "json", "marshal",
    "pathlib", "re", "struct", "typing", "unicodedata", "zlib",
}


@pytest.mark.parametrize("file", sorted(HERE.glob("*.py")), ids=lambda file: file.stem)
def test_it_imports_nothing_of_the_program(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            assert name.startswith("app.book_verifier") or name.split(".")[0] in LIBRARIES | STANDARD, name


def test_everything_that_it_says_has_two_sentences() -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in HERE.glob("*.py") if file.stem != "words")
    told = {name for name in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', written) if name in WORDS}
    made = {f"{how}_{why}" for how in ("told", "lacks") for why in ("older", "witness_missing")}
    assert set(WORDS) == told | made | {"unreadable", "lacks_secret_missing"}
    values = dict.fromkeys(re.findall(r"{([a-z]+)}", str(WORDS)), "x")
    del values["where"]
    for what in WORDS:
        vietnamese, english = (sentence(Break("bảng", what, values), language) for language in ("vi", "en"))
        assert vietnamese.endswith(".") and english.endswith(".") and vietnamese != english
