"""What goes on beside the answers: deliveries, and steps that fall due.

In: async functions.  Out: tasks in the group of the app's lifespan.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVarTuple, Unpack

import anyio.abc

Ts = TypeVarTuple("Ts")


class Background:
    """Starts tasks; usable while the app's lifespan is on."""

    def __init__(self) -> None:
        self._tasks: anyio.abc.TaskGroup | None = None

    def opened(self, tasks: anyio.abc.TaskGroup) -> None:
        """The lifespan began."""
        self._tasks = tasks

    def start(self, function: Callable[[Unpack[Ts]], Coroutine[Any, Any, None]], *args: *Ts) -> None:
        """Run `function` beside what goes on.  Raises RuntimeError outside the lifespan."""
        if self._tasks is None:
            raise RuntimeError("the app's lifespan has not begun: background work needs its task group")
        self._tasks.start_soon(function, *args)
