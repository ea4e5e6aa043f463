"""The suite as a pytest plug-in: checks are tests, what pytest selects decides what is observed.

In: `pytest --pyargs conformance.checks --hulian-role platform --hulian-target URL`, with `-k`, `-m`, `--lf`, `-x` as always; or an
order from `hulian run`.  Out: each check's outcome as a test's, and a `Run`.  Inert, and imports nothing heavy, without a role.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conformance.binding.line import Line
    from conformance.engine import Order
    from conformance.pytest_session import Judging
    from conformance.result import Run
    from conformance.watching import Watcher

NAME = "hulian-judging"
UNUSED = [word for name in ("terminal", "schemathesis", "unraisableexception") for word in ("-p", f"no:{name}")]
"""Plugins that a run of ours has no use for; the last collects garbage five times at the end."""
GIVEN = ("evidence", "expect", "rule")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hulian", "conformance of an implementation (hulian)")
    group.addoption("--hulian-role", help="role of the implementation under test, such as platform")
    group.addoption("--hulian-target", help="its URL; without one the embedded mock is judged")
    group.addoption("--hulian-config", help="hulian.toml")
    group.addoption("--hulian-seed", type=int, help="seed of the run")
    group.addoption("--hulian-profile", help="national, zhejiang or contract")
    group.addoption("--hulian-scope", help="themes, such as FC,MK")
    group.addoption("--hulian-out", help="folder for report and journal")


def pytest_configure(config: pytest.Config) -> None:
    for mark in ("must", "should", "may"):
        config.addinivalue_line("markers", f"{mark}: requirement of level {mark} (hulian)")
    for theme in ("FC", "NB", "MK", "NT", "RN", "SE", "MO", "GO"):
        config.addinivalue_line("markers", f"{theme}: requirement of theme {theme} (hulian)")
    if config.getoption("--hulian-role", None) and not config.pluginmanager.has_plugin(NAME):
        from conformance.pytest_session import Judging

        config.pluginmanager.register(Judging.from_options(config), NAME)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A check's axis becomes its parameter."""
    check = getattr(metafunc.function, "__check__", None)
    if check is not None and check.axis is not None:
        metafunc.parametrize(check.axis[0], check.axis[1])


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Any:
    """What was observed.  The check gets it when it is judged."""
    if request.config.pluginmanager.get_plugin(NAME) is None:
        pytest.skip("hulian: give --hulian-role (and --hulian-target) to observe an implementation first")


@pytest.fixture
def expect() -> None:
    """How a check says what should be so."""


@pytest.fixture
def rule() -> None:
    """The requirement's numbers."""


def execute(order: Order, line: Line, out: Path | None, watcher: Watcher | None = None, pytest_args: tuple[str, ...] = ()) -> Run:
    """Runs pytest on the checks of the order's pack; junit.xml and allure-results go to `out`.

    Raises whatever kept the run from taking place, `HulianError` above all.
    """
    from conformance.errors import HulianError, SuiteError
    from conformance.pytest_session import Judging

    judging = Judging(order, line, watcher)
    args = ["--pyargs", order.pack.checks, *UNUSED, "--assert=plain", "-s", "-c", str(empty_ini()), *pytest_args]
    if out is not None:
        args += [f"--junit-xml={out / 'junit.xml'}", f"--alluredir={out / 'allure-results'}", "-o", f"cache_dir={out / '.pytest_cache'}"]
    else:
        args += ["-p", "no:cacheprovider"]
    code = pytest.main(args, plugins=[_Registered(judging)])
    if judging.failure is not None:
        raise judging.failure
    if code == pytest.ExitCode.USAGE_ERROR and judging.run is None:  # pytest has said why; a run of ours may end with the same number
        raise HulianError("usage", why=" ".join(pytest_args), command="run")
    if not judging.records:
        raise SuiteError("no_session", code=int(code))
    return judging.run or judging.result()


class _Registered:
    """Brings the session under its name before options are looked at."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        if not config.pluginmanager.has_plugin("hulian"):
            config.pluginmanager.register(_this(), "hulian")
        config.pluginmanager.register(self._judging, NAME)


def _this() -> Any:
    import sys

    return sys.modules[__name__]


def empty_ini() -> Path:
    """A configuration of our own, so that no pytest.ini of the folder in which somebody works changes a run."""
    return Path(__file__).with_name("pytest_run.ini")


