"""The four ways to tell findings: complete, in a useful order, and never commanded by what somebody typed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from handoff_tui.checks import RULES
from handoff_tui.core.finding import Acceptance, Finding, Readiness, Severity
from handoff_tui.core.report import FileReport, Placed
from handoff_tui.core.text import visible
from handoff_tui.render.reports import FORMATS, Setting
from tests.render.sarif import OFFICIAL, validated

SETTING = Setting(RULES, "1.2.3")
ONLY = "Nobody covers for Zofia"


def placed(rule: str = "sole-owner", severity: Severity = "error", line: int | None = 7, **more: Any) -> Placed:
    told = {"question": "alerts.alerts", "message": f"{ONLY}.", "fix": "Add a backup."} | more
    return Placed(Finding(rule, severity, **told), line)


def accepted(reason: str = "drill booked", by: str = "mara", **more: Any) -> Placed:
    return placed("untested", "warning", **{"message": "Never rehearsed."} | more, accepted=Acceptance(reason, by))


def report(*findings: Placed, path: str = "x.handoff.toml", status: str = "draft", **more: Any) -> FileReport:
    readiness = Readiness.NOT_READY if any(p.finding.severity == "error" for p in findings) else Readiness.READY
    return FileReport(path, status, **{"readiness": readiness, "findings": findings} | more)


def told(form: str, *reports: FileReport, **setting: Any) -> str:
    return FORMATS[form](reports, replace(SETTING, **setting))


MIXED = (
    report(
        placed("untested", "warning", 30, row="LagHigh", message="“LagHigh” has never been rehearsed.", fix="Drill."),
        placed(line=10, row="a", cause=ONLY),
        placed("outage-outlives-retry", "advice", 50, message="Events stop.", fix="Replay."),
        placed(line=20, row="b", cause=ONLY, question="ownership.credentials"),
        accepted=(accepted(line=40, row="Silence"),),
        notes=("stale is off in the template ours: we look anyway",),
    ),
    report(path="sub/y.handoff.toml", status="final"),
    report(
        placed("unreadable", line=None, question="", message="It is no TOML.", fix="Mend it."),
        path="z.handoff.toml",
        status="unreadable",
    ),
)


# -- for people --------------------------------------------------------------------------------------------------


def test_people_read_what_is_wrong_then_what_to_do_then_where() -> None:
    assert (
        told("text", *MIXED)
        == """\
x.handoff.toml: not ready; 2 errors, 1 warning, 1 piece of advice, 1 accepted.

  error    Nobody covers for Zofia, in 2 places.
           Fix: Add a backup. [sole-owner]
           x.handoff.toml:10: alerts.alerts · a
           x.handoff.toml:20: ownership.credentials · b

  warning  “LagHigh” has never been rehearsed.
           Fix: Drill. [untested]
           x.handoff.toml:30: alerts.alerts · LagHigh

  advice   Events stop.
           Fix: Replay. [outage-outlives-retry]
           x.handoff.toml:50: alerts.alerts

  accepted Never rehearsed.
           Accepted by mara: drill booked [untested]
           x.handoff.toml:40: alerts.alerts · Silence

sub/y.handoff.toml: final and ready.

z.handoff.toml: cannot be read.

  error    It is no TOML.
           Fix: Mend it. [unreadable]

Note: stale is off in the template ours: we look anyway

Why, with an example: handoff-wizard explain RULE
3 files: 1 not ready, 1 ready, 1 unreadable; 3 errors, 1 warning, 1 piece of advice.
"""
    )


@pytest.mark.parametrize(
    ("status", "readiness", "line"),
    [
        ("draft", Readiness.READY, "x.handoff.toml: ready.\n"),
        ("draft", Readiness.WITH_OPEN_POINTS, "x.handoff.toml: ready, with open points.\n"),
        ("final", Readiness.READY, "x.handoff.toml: final and ready.\n"),
        ("final", Readiness.WITH_OPEN_POINTS, "x.handoff.toml: final and ready, with open points.\n"),
    ],
)
def test_where_nothing_was_found_one_calm_line_says_so(status: str, readiness: Readiness, line: str) -> None:
    assert told("text", report(status=status, readiness=readiness)) == line


def test_calm_lines_stand_together_and_the_end_counts_them() -> None:
    reports = [report(path=f"{name}.handoff.toml") for name in "abc"]
    assert told("text", *reports) == (
        "a.handoff.toml: ready.\nb.handoff.toml: ready.\nc.handoff.toml: ready.\n\n3 files: 3 ready.\n"
    )


def test_without_a_file_nothing_is_said() -> None:
    assert told("text") == ""
    assert told("github") == ""


def test_a_note_about_a_template_is_said_once_for_all_its_files() -> None:
    reports = [report(path=f"{name}.handoff.toml", notes=("untested is off: because",)) for name in "abc"]
    assert told("text", *reports).count("untested is off") == 1


def test_what_was_accepted_for_two_reasons_is_told_twice() -> None:
    both = (accepted("one"), accepted("two"), accepted("one", row="again", cause="Never rehearsed"))
    text = told("text", report(accepted=both))
    assert text.count("Accepted by mara: one") == 1, "both findings stand below it"
    assert text.count("Accepted by mara: two") == 1
    assert text.count("Never rehearsed") == 3


def test_what_is_mended_in_the_same_way_is_told_together() -> None:
    absent = [placed("open-essential", line=n, message=f"“{n}” has no answer.", question=f"a.q{n}") for n in (1, 2)]
    other = placed("open-essential", line=3, message="“3” is still open.", fix="Answer it.")
    assert told("text", report(*absent, other)).startswith("""\
x.handoff.toml: not ready; 3 errors.

  error    “1” has no answer.
           Fix: Add a backup. [open-essential]
           x.handoff.toml:1: a.q1
           Also: “2” has no answer.
           x.handoff.toml:2: a.q2

  error    “3” is still open.
           Fix: Answer it. [open-essential]
           x.handoff.toml:3: alerts.alerts
""")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_sentences_are_wrapped_and_places_are_not(width: int) -> None:
    long = "word " * 60
    place = "a-folder-with-a-long-name/" * 4 + "x.handoff.toml"
    text = told("text", report(placed(message=long, fix=long, row="row " * 20), path=place), width=width)
    lines = text.splitlines()
    assert [line for line in lines if len(line) > width] == [
        line for line in lines if place in line and (":7:" in line or line.startswith(place))
    ]
    assert f"  {place}:7: alerts.alerts · row row" in text


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = told("text", *MIXED), told("text", *MIXED, colour=True)
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == plain
    assert "\x1b" not in plain
    for line in coloured.splitlines():
        assert line.count("\x1b[0m") * 2 == line.count("\x1b["), "each line gives back what it took"
    assert "\x1b[1;31merror" in coloured
    assert f"\x1b[1m{ONLY}, in 2 places.\x1b[0m" in coloured


# -- JSON --------------------------------------------------------------------------------------------------------


def test_json_has_just_the_keys_of_the_contract() -> None:
    found = json.loads(told("json", *MIXED))
    assert list(found) == ["files", "summary"]
    assert found["summary"] == {"files": 3, "errors": 3, "warnings": 1, "advice": 1}
    assert [list(file) for file in found["files"]] == [["path", "status", "readiness", "findings"]] * 3
    keys = ["rule", "severity", "question", "row", "line", "message", "fix"]
    assert [list(item) for file in found["files"] for item in file["findings"]] == [keys] * 5
    assert [(file["path"], file["status"], file["readiness"]) for file in found["files"]] == [
        ("x.handoff.toml", "draft", "not_ready"),
        ("sub/y.handoff.toml", "final", "ready"),
        ("z.handoff.toml", "unreadable", "not_ready"),
    ]
    assert found["files"][0]["findings"][1] == {
        "rule": "sole-owner",
        "severity": "error",
        "question": "alerts.alerts",
        "row": "a",
        "line": 10,
        "message": f"{ONLY}.",
        "fix": "Add a backup.",
    }
    assert (found["files"][2]["findings"][0]["line"], found["files"][2]["findings"][0]["row"]) == (None, None)


def test_json_without_a_file_is_json() -> None:
    empty = {"files": [], "summary": {"files": 0, "errors": 0, "warnings": 0, "advice": 0}}
    assert json.loads(told("json")) == empty


# -- GitHub ------------------------------------------------------------------------------------------------------


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read lines as GitHub's runner does: the command, its properties and its message, all decoded."""
    found = []
    for line in text.splitlines():
        assert line.startswith("::")
        info, _, data = line[2:].partition("::")
        command, _, rest = info.partition(" ")
        pairs = [item.partition("=") for item in rest.split(",") if item]
        found.append((command, {key: decoded(value, ":,") for key, _, value in pairs}, decoded(data, "")))
    return found


def decoded(text: str, more: str) -> str:
    for char in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def test_github_gets_an_annotation_for_each_finding_at_its_line() -> None:
    found = commands(told("github", *MIXED))
    assert [(command, place.get("file"), place.get("line")) for command, place, _ in found] == [
        ("warning", "x.handoff.toml", "30"),
        ("error", "x.handoff.toml", "10"),
        ("notice", "x.handoff.toml", "50"),
        ("error", "x.handoff.toml", "20"),
        ("error", "z.handoff.toml", None),
    ]
    assert found[1][1]["title"] == f"{RULES['sole-owner'].title} (sole-owner)"
    assert found[1][2] == f"{ONLY}. Add a backup."


def test_a_command_of_github_is_escaped_as_its_toolkit_does() -> None:
    line = told("github", report(placed(message="50 %: a,\nb", fix="%0A"), path="a,b:c%.toml"))
    assert line.startswith("::error file=a%2Cb%3Ac%25.toml,line=7,title=")
    assert line.endswith("::50 %25: a,%0Ab %250A\n")


# -- SARIF -------------------------------------------------------------------------------------------------------


def test_sarif_is_what_its_schemas_ask_for() -> None:
    run = validated(told("sarif", *MIXED))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    assert run["tool"]["driver"]["version"] == "1.2.3"
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]}
    assert {levels[rule.id] for rule in RULES.values() if rule.severity == "error"} == {"error"}
    assert [(item["ruleId"], item["level"]) for item in run["results"]] == [
        ("untested", "warning"),
        ("sole-owner", "error"),
        ("outage-outlives-retry", "note"),
        ("sole-owner", "error"),
        ("untested", "warning"),
        ("unreadable", "error"),
    ]
    assert run["results"][1]["message"]["text"] == f"{ONLY}. Add a backup."
    assert run["results"][1]["locations"][0] == {
        "physicalLocation": {"artifactLocation": {"uri": "x.handoff.toml"}, "region": {"startLine": 10}},
        "logicalLocations": [{"fullyQualifiedName": "alerts.alerts / a"}],
    }
    assert run["results"][5]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "z.handoff.toml"}}}]


def test_sarif_without_a_file_is_sarif() -> None:
    assert validated(told("sarif"))["runs"][0]["results"] == []


@pytest.mark.skipif(not OFFICIAL.exists(), reason="no copy of the official schema here: see tests/schemas/README.md")
def test_the_official_schema_refuses_what_ours_refuses() -> None:
    log = json.loads(told("sarif", *MIXED))
    log["runs"][0]["results"][0]["level"] = "advice"
    with pytest.raises(Exception, match="advice"):
        validated(json.dumps(log))


def test_what_was_accepted_is_suppressed_and_nothing_else_is() -> None:
    results = validated(told("sarif", *MIXED))["runs"][0]["results"]
    assert [item["suppressions"] for item in results] == [
        [],
        [],
        [],
        [],
        [{"kind": "inSource", "status": "accepted", "justification": "drill booked (mara)"}],
        [],
    ]


def fingerprint(item: Placed) -> str:
    result = validated(told("sarif", report(item)))["runs"][0]["results"][0]
    return str(result["partialFingerprints"]["handoffFinding/v1"])


def test_a_fingerprint_stays_while_the_text_stays() -> None:
    first = placed(row="a", fingerprint="9c1185a5")
    assert fingerprint(first) == fingerprint(replace(first, line=99))
    others = [
        placed("stale", row="a", fingerprint="9c1185a5"),
        placed(row="b", fingerprint="9c1185a5"),
        placed(row="a", fingerprint="00000000"),
        placed(row="a", fingerprint="9c1185a5", column="owner"),
        placed(row="a", fingerprint="9c1185a5", question="parties.people"),
    ]
    assert len({fingerprint(item) for item in (first, *others)}) == 6


def test_findings_that_are_alike_are_numbered() -> None:
    results = validated(told("sarif", report(placed(), placed(), placed())))["runs"][0]["results"]
    marks = [item["partialFingerprints"]["handoffFinding/v1"] for item in results]
    assert [mark[-2:] for mark in marks] == [":1", ":2", ":3"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.handoff.toml", "a/b.handoff.toml"),
        ("a b/ü#?%.toml", "a%20b/%C3%BC%23%3F%25.toml"),
        ("a:b.toml", "a%3Ab.toml"),
        ("/tmp/x.toml", "file:///tmp/x.toml"),
        ("C:/x y.toml", "file:///C:/x%20y.toml"),
        ("../x.toml", "../x.toml"),
        ("\udcff.toml", "%FF.toml"),
    ],
)
def test_a_path_becomes_a_uri(path: str, uri: str) -> None:
    result = validated(told("sarif", report(placed(), path=path)))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


# -- hostile text ------------------------------------------------------------------------------------------------

HOSTILE = [
    "\x1b]52;c;eA==\x07", "\x1b[2J", "\x9b31m", "a\x00b", "\u202eabc\u2066", "a\nb", "a\r\nb", "\n::error::x",
    "::error::x", "x ::add-mask::y", "::stop-commands::t", "%0A::error::x", "%0D%0A", "a,line=1", "a::b", "50%",
    "##[error]x", "[/]", "[@click=app.quit]", "[b]", "[x](https://evil.example)", "<script>alert(1)</script>",
    "**x** `y`", "{0} {{1}}", '"}], "x": [{"', "\\u001b[31m", "\u2028::error::x", "\x85y", "\t\ttab", "   ", "",
    "e\u0301\U0001f469\u200d\U0001f4bb", "\ufeffbom", "\ud800",
]  # fmt: skip
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def poisoned(text: str) -> FileReport:
    """Return a report with this in every text that somebody may have typed."""
    everywhere: dict[str, Any] = {"message": text, "fix": text, "row": text, "question": f"a.{text}", "cause": text}
    return report(
        placed(line=1, **everywhere),
        placed(line=2, **everywhere),
        placed(line=3, **everywhere | {"cause": "", "message": f"long {'word ' * 12}{text} end"}),
        path=f"{text}x.handoff.toml",
        status=text,
        accepted=(accepted(text, text, **everywhere),),
        notes=(text, f"{'word ' * 14}{text}"),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("colour", [False, True])
def test_text_shows_hostile_words_as_words(text: str, colour: bool) -> None:
    said = told("text", poisoned(text), report(path=text), colour=colour)
    if colour:
        said = re.sub(r"\x1b\[[0-9;]+m", "", said)
    assert not UNSAFE.search(said)
    said.encode()
    lines = said.splitlines()
    assert not [line for line in lines if line.lstrip().startswith("::")], "a runner would take it for a command"
    plain = told("text", poisoned("x"), report(path="x")).splitlines()
    places = [line for line in lines if re.search(r":[123]: a\.", line)]
    assert len(places) == len([line for line in plain if re.search(r":[123]: a\.", line)]) == 3
    assert len(lines) <= len(plain) + 8, "nothing but wrapping adds a line"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_json_gives_hostile_words_back(text: str) -> None:
    said = told("json", poisoned(text))
    assert not UNSAFE.search(said)
    said.encode()
    kept = text.encode("utf-8", "replace").decode()
    file = json.loads(said)["files"][0]
    assert (file["path"], file["status"]) == (f"{kept}x.handoff.toml", kept)
    finding = file["findings"][0]
    assert [finding[key] for key in ("message", "fix", "row", "question")] == [kept, kept, kept, f"a.{kept}"]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_github_gets_hostile_words_and_no_command_of_theirs(text: str) -> None:
    said = told("github", poisoned(text))
    assert not UNSAFE.search(said)
    said.encode()
    found = commands(said)
    assert len(found) == said.count("\n") == 3
    for command, place, _ in found:
        assert command == "error"
        assert list(place) == ["file", "line", "title"]
        assert place["file"] == visible(f"{text}x.handoff.toml")
    assert found[0][2] == visible(f"{text} {text}")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_sarif_keeps_hostile_words_as_words(text: str) -> None:
    said = told("sarif", poisoned(text))
    assert not UNSAFE.search(said)
    said.encode()
    results = validated(said)["runs"][0]["results"]
    assert len(results) == 4
    uri = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri, errors="surrogateescape") in (f"{text}x.handoff.toml", f"file://{text}x.handoff.toml") or (
        "\ud800" in text
    )
