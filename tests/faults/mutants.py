"""Small lies told to the source: a state not set, a rule that never refuses, a condition that asks less.

Made from the syntax tree, so a new rule brings its mutants along; what a tree cannot guess is written down as text
in `life_mutants`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GONE = -1


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` at `start` (in characters) of the file becomes `new`. GONE: the source no longer says `old`."""

    path: str
    start: int
    old: str
    new: str
    what: str

    @property
    def name(self) -> str:
        """Without the line, so that it stays the same when the file grows."""
        return f"{Path(self.path).stem}: {self.what}"

    def line(self, source: str) -> int:
        return source.count("\n", 0, self.start) + 1

    def apply(self, source: str) -> str:
        assert source.startswith(self.old, self.start), f"{self.name}: the source has changed"
        return source[:self.start] + self.new + source[self.start + len(self.old):]


class Source:
    """One file with its tree and the places of its nodes."""

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        self.text = (root / path).read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)
        self._lines = [0]
        for line in self.text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._by_line = self.text.splitlines()
        self._within = {
            line: function.name for function in _functions(self.tree, None)
            for line in range(function.lineno, (function.end_lineno or 0) + 1)
        }

    def place(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Begin and end in characters; the tree counts bytes of UTF-8."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._at(node.lineno, node.col_offset), self._at(node.end_lineno, node.end_col_offset)

    def _at(self, line: int, column: int) -> int:
        text = self._by_line[line - 1].encode()[:column].decode()
        return self._lines[line - 1] + len(text)

    def swap(self, node: ast.expr | ast.stmt | ast.keyword, new: str, what: str) -> Mutant:
        begin, end = self.place(node)
        where = f"{self._within[node.lineno]}, " if node.lineno in self._within else ""
        return Mutant(self.path, begin, self.text[begin:end], new, where + what)

    def said(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        begin, end = self.place(node)
        return " ".join(self.text[begin:end].split())[:70]


def widened_moves(source: Source) -> Iterator[Mutant]:
    """Each entry of the table of moves: from any business state, any custody, any delivery, and to nowhere."""
    for call in _calls(source.tree, "Move"):
        business = call.args[0]
        if source.said(business) != "_ALL":
            yield source.swap(business, "_ALL", f"{source.said(call)[:40]} from any business state")
        if len(call.args) > 2:
            yield source.swap(call.args[2], "None", f"{source.said(call)[:40]} leads nowhere")
        for keyword in call.keywords:
            if keyword.arg in ("custody", "delivery"):
                anywhere = "_ANYWHERE" if keyword.arg == "custody" else "_ANY_DELIVERY"
                yield source.swap(keyword.value, anywhere, f"{source.said(call)[:40]} with any {keyword.arg}")


def dropped_rules(source: Source, functions: frozenset[str]) -> Iterator[Mutant]:
    """Each answer of a rule: a refusal that is none, an allowance that is not given."""
    for function in _functions(source.tree, functions):
        for node in ast.walk(function):
            if not isinstance(node, ast.Return) or node.value is None:
                continue
            value = node.value
            if isinstance(value, ast.IfExp):
                yield source.swap(value, '""', f"{source.said(value)} never refuses")
                yield source.swap(value.test, "False", f"{source.said(value)} always refuses")
            elif isinstance(value, ast.Constant) and value.value:
                yield source.swap(value, '""', f"{source.said(value)} is not said")
            elif isinstance(value, ast.Call):
                yield source.swap(value, '""', f"{source.said(value)} is not asked")


def dropped_assignments(source: Source, functions: frozenset[str] | None = None) -> Iterator[Mutant]:
    """Each value of each `replace(…)` is left as it was."""
    for function in _functions(source.tree, functions):
        for call in _calls(function, "replace"):
            for keyword in call.keywords:
                if keyword.arg is None:
                    continue
                begin, end = source.place(keyword)
                before = source.text.rindex(",", 0, begin)
                old = source.text[before:end]
                yield Mutant(source.path, before, old, "", f"{function.name} does not set {source.said(keyword)}")


def idle_calls(source: Source, name: str) -> Iterator[Mutant]:
    """Each call of `name` gives its first argument back and does nothing."""
    for call in _calls(source.tree, name):
        yield source.swap(call, source.said(call.args[0]), f"{source.said(call)} does nothing")


def conditions(source: Source, functions: frozenset[str] | None = None) -> Iterator[Mutant]:
    """Each `if` never, and each part of an `and` or `or` no longer asked."""
    for function in _functions(source.tree, functions):
        for node in ast.walk(function):
            if isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Constant):
                yield source.swap(node.test, "False", f"never: {source.said(node.test)}")
            if isinstance(node, ast.BoolOp):
                neutral = "True" if isinstance(node.op, ast.And) else "False"
                for part in node.values:
                    yield source.swap(part, neutral, f"not asked: {source.said(part)}")


def written(root: Path, path: str, lies: tuple[tuple[str, str, str], ...]) -> Iterator[Mutant]:
    """(what, old, new): text that stands once in the file; one that does not is handed on as gone."""
    text = (root / path).read_text(encoding="utf-8")
    for what, old, new in lies:
        yield Mutant(path, text.index(old) if text.count(old) == 1 else GONE, old, new, what)


def _functions(tree: ast.AST, names: frozenset[str] | None) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (names is None or node.name in names):
            yield node


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node
