"""hulian.toml is read strictly: everything that is wrong is said at once, with its line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from conformance.config import Account, Config, ConfigError, read
from conformance.errors import HulianError
from conformance.resources import folder

ENVIRONMENT = {"SECRET_A": "s-a", "SECRET_B": "s-b"}
TWO = """
[parties.courier_a]
client_id = "a"
client_secret = {env = "SECRET_A"}
code = "A"
[parties.courier_b]
client_id = "b"
client_secret = {env = "SECRET_B"}
code = "B"
"""


def problems(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(ConfigError) as caught:
        given(tmp_path, text)
    assert str(caught.value).count("\n") == len(caught.value.problems), "a line each, and one that says how to mend them"
    return [(one.line, one.code) for one in caught.value.problems]


def given(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "hulian.toml"
    path.write_text(text, "utf-8")
    return read(path, ENVIRONMENT)


def test_a_whole_file_becomes_a_configuration(tmp_path: Path) -> None:
    config = given(tmp_path, 'role = "platform"\nscope = ["FC"]\nrate = 5\nca_file = "ca.pem"\nphones = ["17000000000转1234"]\n' + TWO)
    assert config.role == "platform"
    assert config.scope == ("FC",)
    assert config.rate == 5
    assert config.ca_file == str(tmp_path / "ca.pem")
    assert config.parties["courier_a"] == Account("a", "s-a", "A")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("timout = 5", [(1, "unknown_key")]),
        ("\n\nprofil = 'x'\nseeed = 1", [(3, "unknown_key"), (4, "unknown_key")]),
        ("rate = 0\ntarget = 'ftp://x'\nseed = 'x'", [(1, "bad_value"), (2, "bad_value"), (3, "bad_value")]),
        ("a = ", [(1, "syntax")]),
        ("seed = 1\nseed = 2", [(2, "syntax")]),
        ("[partis]\na = 1", [(1, "unknown_key")]),
        ("[parties.courier_c]\ncode = 'x'", [(1, "unknown_key")]),
        ("[parties]\ncourier_a = {code = 'x'}", [(2, "missing_key"), (2, "missing_key")]),
        (TWO.replace('{env = "SECRET_A"}', '"plain"'), [(4, "plain_secret")]),
        (TWO.replace('"SECRET_A"', '"NOT_SET"'), [(4, "no_variable")]),
        (TWO.replace('"B"', '"A"').replace('"b"', '"a"'), [(7, "same_identity"), (9, "same_identity")]),
        ("phones = ['none']", [(1, "bad_value")]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, expected: list[tuple[int, str]]) -> None:
    assert problems(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("calback_url = 'http://x'", "callback_url"), ("SCOPE = []", "scope"), ("[parties.courier_a]\nclient_secrt = 1", "client_secret")],
)
def test_an_unknown_key_names_the_nearest(tmp_path: Path, text: str, nearest: str) -> None:
    with pytest.raises(ConfigError, match=f"the nearest is '{nearest}'"):
        given(tmp_path, text)


def test_what_is_not_utf_8_is_said(tmp_path: Path) -> None:
    (tmp_path / "hulian.toml").write_bytes("seed = 1\nrole = '平台检测'".encode("gbk"))
    with pytest.raises(ConfigError, match=r"hulian\.toml:2: this is not UTF-8"):
        read(tmp_path / "hulian.toml", {})


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(HulianError, match="No such file"):
        read(tmp_path / "nope.toml", {})


def test_what_init_writes_is_a_configuration() -> None:
    text = folder("specs") / "hulian.example.toml"
    names = ("COURIER_A", "COURIER_B", "COURIER_NEW", "MERCHANT_1", "MERCHANT_2", "ANALYST", "THIRD_PARTY", "AUTHORITY", "OPERATOR")
    config = read(text, {f"HULIAN_{name}": "secret" for name in names})
    assert config.role == "platform"
    assert "analyst" in config.parties


def test_the_example_explains_every_key() -> None:
    text = (folder("specs") / "hulian.example.toml").read_text("utf-8")
    for name in set(Config.__struct_fields__) - {"source", "only"}:
        assert any(f"\n{form}" in text for form in (f"{name} = ", f"# {name} = ", f"[{name}]", f"# [[{name}]]")), name


def test_secrets_and_numbers_are_not_shown(tmp_path: Path) -> None:
    config = given(tmp_path, 'phones = ["13800000000"]\n' + TWO)
    assert "s-a" not in str(config.shown) + repr(config.parties)
    assert "13800000000" not in str(config.shown)
    assert config.shown["parties"]["courier_a"] == {"client_id": "a", "code": "A"}


def test_options_go_before_the_file() -> None:
    config = Config(role="platform", seed=3, announced=True)
    assert config.with_options(seed=0, role=None, announced=False) == Config(role="platform", seed=0, announced=False)


STATED = """
[[attestation]]
requirement = "GO-P-01"
by = "somebody"
at = "2026-11-20T10:00:00+08:00"
statement = "kept and deleted by rule"
evidence = ["rules.pdf"]
"""


def test_evidence_is_named_with_its_digest(tmp_path: Path) -> None:
    (tmp_path / "rules.pdf").write_bytes(b"rules")
    assert given(tmp_path, STATED).attestation[0].evidence == (
        "rules.pdf sha256:" + hashlib.sha256(b"rules").hexdigest(),
    )


def test_evidence_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert problems(tmp_path, STATED) == [(2, "no_evidence")]
