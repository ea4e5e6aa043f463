"""Every error that the package may raise has words, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import conformance
from conformance.errors import HulianError
from conformance.words import entries, say

PACKAGE = Path(conformance.__file__).parent
FAILURES = ("refused", "lost", "timeout", "tls", "unreadable", "too_large", "redirect")
"""The kinds of `records.Failure`."""
COMPUTED = {
    "f'unreachable_{answer.kind}'": tuple(f"unreachable_{kind}" for kind in FAILURES),
    "code": ("port_in_use", "bad_bind", "missing_credentials", "not_loopback"),
}
"""Codes that are worked out where they are raised: what may come of them."""


def family() -> set[str]:
    """The names of HulianError and all that derive from it, in every module of the package."""
    names = {"HulianError"}
    classes = [node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for _ in classes:
        names |= {node.name for node in classes if {base.id for base in node.bases if isinstance(base, ast.Name)} & names}
    return names


def trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(PACKAGE)): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def codes() -> Iterator[tuple[str, str]]:
    """Where a code is raised, and the code."""
    known = family()
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name in known:
                yield from ((name, code) for call in ast.walk(node) if is_init(call) for code in code_of(call))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
                yield from ((name, code) for code in code_of(node))


def is_init(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "super().__init__"


def code_of(call: ast.AST) -> Iterator[str]:
    """The code that a call gives; a class of its own gives it in its `__init__`."""
    assert isinstance(call, ast.Call)
    if not call.args:
        return
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        yield first.value
    elif ast.unparse(first) in COMPUTED:
        yield from COMPUTED[ast.unparse(first)]
    elif isinstance(call.func, ast.Name) and call.func.id in ("HulianError", "SuiteError"):
        raise AssertionError(f"say in COMPUTED what {ast.unparse(first)} may be")


ALL = sorted(set(codes()))


def test_codes_are_found() -> None:
    assert len({code for _, code in ALL}) > 40


@pytest.mark.parametrize(("where", "code"), ALL, ids=[f"{code} in {where}" for where, code in ALL])
def test_every_error_has_words(where: str, code: str) -> None:
    assert f"error.{code}" in {name for _, name, _ in entries()}, f"reports/words/errors.yaml lacks error.{code}, raised in {where}"


ERRORS = [(code, word) for file, code, word in entries() if file == "errors.yaml"]


@pytest.mark.parametrize("code", [code for code, _ in ERRORS if code.startswith("error.") and code != "error.bad_config"])
def test_an_error_says_in_its_first_line_what_is_wrong_and_then_how_to_mend_it(code: str) -> None:
    for lang in ("zh", "en"):
        wrong, *mend = say(code, lang).splitlines()
        assert wrong
        assert mend, "a second line says how to mend it"


def test_no_error_has_words_that_nothing_raises() -> None:
    raised = {f"error.{code}" for _, code in ALL} | {"error.bad_config"}
    assert {code for code, _ in ERRORS if code.startswith("error.")} - raised == set()


def test_an_error_is_its_words() -> None:
    assert str(HulianError("no_target")).startswith("nothing says where")
