"""The verifier of books has nothing of the program in it, and a sentence for everything that it says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import app.book_verifier
from app.book_verifier import Break, sentence
from app.book_verifier.words import WORDS

HERE = Path(app.book_verifier.__file__).parent
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


def named(node: ast.AST) -> Iterator[str]:
    """Names of sentences; the beginning of one that is put together ends with "_"."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and not each.value.endswith("_"):
            yield each.value


def placeholders(what: str) -> set[str]:
    return {name for sentence in WORDS[what] for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("file", sorted(HERE.glob("*.py")), ids=lambda file: file.stem)
def test_each_finding_has_its_sentence_and_the_values_of_it(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr="add" | "note"), args=[_, said, *_]):
                given = {each.arg for each in node.keywords} | {"where"}
                lacking = {what: placeholders(what) - given for what in named(said)}
                assert not any(lacking.values()), f"line {node.lineno}: {lacking}"
            case ast.Assign(targets=[ast.Name(id="what")]) | ast.Yield(value=ast.Constant() | ast.IfExp()):
                assert set(named(node)) <= set(WORDS), f"line {node.lineno}"


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
