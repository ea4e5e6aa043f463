"""What can be pasted into a shell, and where its variables come from."""

from __future__ import annotations

import subprocess
from pathlib import Path

from conformance.evidence import Evidence
from conformance.parties import IUT, Member
from conformance.records import Answer, Body, Exchange, Request, Started
from conformance.repeat import curl, variable, variables

from .making import ANN, numbered, posted, specification

TARGET = {"target": "https://there.example/prefix/v1"}


def test_a_secret_is_a_variable_named_after_its_party() -> None:
    assert variable("token:courier_a:17") == "TOKEN_COURIER_A"
    assert variable("secret:courier_a") == "SECRET_COURIER_A"
    assert variable("counterfeit:cut:courier_a") == "COUNTERFEIT_CUT_COURIER_A"


def test_a_command_says_what_was_sent_and_nothing_else(tmp_path: Path) -> None:
    body = """{"name":"it's $HOME `id` «secret:ann»"}"""
    request = Request("POST", '/things?a="$b"', (("Authorization", "Bearer «token:ann:3»"), ("Host", "x")), Body.of(body.encode()))
    command = curl(Exchange(sender=ANN, answerer=IUT, operation="makeThing", request=request, answer=Answer(201)))
    assert command is not None
    shown = ["printf '%s\\n'", command.removeprefix("curl")]
    given = {"TARGET": "T", "TOKEN_ANN": "tok", "SECRET_ANN": "sec", "PATH": "/usr/bin:/bin"}
    said = subprocess.run(["bash", "-c", " ".join(shown)], env=given, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [
        "-i", "-X", "POST", 'T/things?a="$b"', "-H", "Authorization: Bearer tok", "--data-binary", body.replace("«secret:ann»", "sec"),
    ]


def test_variables_are_set_in_the_order_in_which_they_are_needed(tmp_path: Path) -> None:
    cast = (Member(party=ANN, kind="maker", code="A", client_id="annes-client"),)
    asked = Request("POST", "/prefix/v1/token", (), Body.of("client_id=annes-client&client_secret=«secret:ann»".encode()))
    token = Answer(200, (), Body.of('{"access_token": "«token:ann:1»"}'.encode()))
    got = Exchange(sender=ANN, answerer=IUT, operation="issueToken", request=asked, answer=token)
    used = posted(0, "{}", "{}")
    used = Exchange(
        sender=ANN, answerer=IUT, operation="makeThing", answer=used.answer,
        request=Request("POST", "/prefix/v1/things", (("authorization", "Bearer «token:ann:1»"),)),
    )
    seen = Evidence([Started(plan={}, cast=cast, run=TARGET), *numbered((got, used))], specification(tmp_path))
    rows = variables([seen.exchange(2)], seen)
    assert [row["name"] for row in rows] == ["TARGET", "SECRET_ANN", "TOKEN_ANN"]
    assert rows[0]["command"] == "TARGET=https://there.example"
    assert rows[1]["command"] == "read -rs SECRET_ANN"
    script = f"""curl() {{ printf '%s' '{{"access_token":"good"}}'; }}; TARGET=t; SECRET_ANN=s; {rows[2]["command"]}; echo $TOKEN_ANN"""
    assert subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout == "good\n"


def test_without_commands_there_are_no_variables(tmp_path: Path) -> None:
    seen = Evidence([Started(plan={}, cast=(), run=TARGET)], specification(tmp_path))
    assert variables([], seen) == []
