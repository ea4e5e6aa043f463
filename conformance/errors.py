"""The one family of errors that a user may meet.

In: a code and its parameters, raised where the cause is known.  Out: a line that says what is wrong and how to mend it
(`reports/words/errors.yaml`, both languages) and an exit code.  Printed in one place, `conformance.cli`.
"""

from __future__ import annotations

from typing import ClassVar


class HulianError(Exception):
    """Something that the person at the keyboard can mend: configuration, address, file.

    `code` is a word of `reports/words/errors.yaml`; `params` fill its text.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        import os

        from conformance.words import language, say  # words read files: only when somebody wants to read the text

        return say(f"error.{self.code}", language(os.environ), **self.params)


class SuiteError(HulianError):
    """The suite itself broke: never a verdict about the implementation under test."""

    exit_code: ClassVar[int] = 4
