"""Conformance suite for data exchange between e-commerce and express delivery.

Drives a running implementation, watches what comes back, and says requirement by requirement whether it does what the
Guiding Opinions of 2019 ask for.  `run`, `arun`, `judge` and `mock` are loaded from `conformance.api` on first use.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.api import arun, judge, mock, run

from conformance.version import __version__

__all__ = ["__version__", "arun", "judge", "mock", "run"]

_LAZY = frozenset({"arun", "judge", "mock", "run"})


def __getattr__(name: str) -> object:
    """PEP 562: the API costs its import only to those who use it."""
    if name in _LAZY:
        return getattr(import_module("conformance.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Surface(ModuleType):
    """Keeps the API's `judge` and `mock` visible: importing the submodules of these names would hide them (PEP 562
    is asked only for what the module doesn't have).  Inside the package write `from conformance.judge import …`."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _LAZY and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Surface
