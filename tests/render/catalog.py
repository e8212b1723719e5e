"""The judges of our entries for Backstage: YAML by both its versions, our schema, the official ones if at hand."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from referencing import Registry, Resource
from ruamel.yaml import YAML

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
OFFICIAL = Path(os.environ.get("BACKSTAGE_SCHEMAS") or SCHEMAS / "backstage")
SHARED = ("Entity", "EntityEnvelope", "EntityMeta", "shared/common")


def _schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def ours() -> Any:
    schema = _schema(SCHEMAS / "backstage-as-we-write-it.json")
    return jsonschema.validators.validator_for(schema)(schema)


@cache
def official(kind: str) -> Any:
    """Return the validator that Backstage has for a kind; nothing where there is no copy of its schemas."""
    if not OFFICIAL.is_dir():
        return None
    shared = [_schema(OFFICIAL / f"{name}.schema.json") for name in SHARED]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in shared)
    schema = _schema(OFFICIAL / "kinds" / f"{kind}.v1alpha1.schema.json")
    return jsonschema.Draft7Validator(schema, registry=registry)


def read(text: str) -> list[Any]:
    """Return the documents of a file, which readers of YAML 1.1 and of 1.2 understand alike."""
    found = []
    for version in ("1.1", "1.2"):
        reader = YAML(typ="safe", pure=True)
        reader.version = version
        found.append(list(reader.load_all(text)))
    assert found[0] == found[1]
    return found[1]


def validated(text: str) -> list[Any]:
    """Return the entries that a text holds, after every judge has agreed to each."""
    entries = read(text)
    for entry in entries:
        ours().validate(entry)
        if judge := official(entry["kind"]):
            judge.validate(entry)
    names = [(entry["kind"], entry["metadata"]["name"]) for entry in entries]
    assert len(set(names)) == len(names), "Backstage takes one entry of a name"
    return entries
