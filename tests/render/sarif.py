"""The judges of our SARIF: a schema of our own, the official one where there is a copy, and what no schema can say."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
OFFICIAL = Path(os.environ.get("SARIF_SCHEMA") or SCHEMAS / "sarif-schema-2.1.0.json")


@cache
def judges() -> list[Any]:
    """Return a validator of each schema; see `tests/schemas/README.md`."""
    paths = [SCHEMAS / "sarif-as-we-write-it.json", *([OFFICIAL] if OFFICIAL.exists() else [])]
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return [jsonschema.validators.validator_for(schema)(schema) for schema in schemas]


def validated(text: str) -> Any:
    """Return the log that a text holds, after every judge has agreed to it."""
    log = json.loads(text)
    for judge in judges():
        judge.validate(log)
    for run in log["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"]
        marks = [
            (
                result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
                *result["partialFingerprints"].values(),
            )
            for result in run["results"]
        ]
        assert len(set(marks)) == len(marks), "two results of one file must not be taken for the same one"
        for words in every_message(run):
            bare = words.replace("{{", "").replace("}}", "")
            assert not set("{}") & set(bare), "a brace would begin a placeholder"
            assert "](" not in words, "it would become a link"
    return log


def every_message(run: Any) -> list[str]:
    """Return the plain messages of a run, in which a viewer looks for placeholders and links."""
    rules = run["tool"]["driver"]["rules"]
    kinds = ("shortDescription", "fullDescription", "help")
    return [rule[kind]["text"] for rule in rules for kind in kinds] + [
        result["message"]["text"] for result in run["results"]
    ]
