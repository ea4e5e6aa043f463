"""Where the data files are: inside the installed package, or beside it in a checkout.

In: the name of a data folder.  Out: its path.  Nothing else in the project knows where data files stand.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_data", _PACKAGE.parent)


def folder(name: str) -> Path:
    """The data folder `name`: "specs", "fixtures" or "reports", or one inside them such as "specs/profiles".

    Raises FileNotFoundError when the installation lacks it: the suite is broken then, not the system under test.
    """
    for place in _PLACES:
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"this installation of hulian-conformance has no data folder {name!r}; install it again")
