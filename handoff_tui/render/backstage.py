"""The entries of Backstage's catalog, `catalog-info.yaml`: the integration as a Component, Zendesk as a Resource.

The shape is that of backstage/backstage, `docs/features/software-catalog/descriptor-format.md`. The other systems are
referred to and not described: they have entries of their own, or a team that has to write them. Who owns what is
referred to by the short names of the handoff, for nobody in the room knows those of the catalog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv4Address
from typing import Any

from handoff_tui.core.reading import SYSTEMS
from handoff_tui.core.text import key_from, short, visible
from handoff_tui.render.banner import stands
from handoff_tui.render.markdown import Markup, plain
from handoff_tui.render.pieces import Row, named_rows
from handoff_tui.render.view import View
from handoff_tui.render.yaml import Node, Noted, documents

__all__ = ["backstage", "entity_name", "is_address"]

DUTIES = "ownership.responsibilities"
CONTRACT = "ownership.contract_location"
JOURNEY = "business_state.journey"
ALERTS = "alerts.alerts"
FACTS = {"criticality": "business_state.criticality", "review-by": "close.review_by"}

_VERSION = "backstage.io/v1alpha1"
_LONGEST = 63
"""Characters of a name or a tag."""
_DESCRIBED = 400
"""Characters of a description, which is shown in lists."""
_TELLS = (
    "Change the handoff and write this again, instead of changing it here.",
    "References are made from the names in the handoff: see that your catalog knows them.",
)
_TWICE = "If your catalog has Zendesk already, leave this second entry out: of two with one name the later is refused."


def backstage(view: View) -> str:
    """Return the entries as one file; the same answers give the same bytes."""
    known = _systems(view)
    own = entity_name(view.interview.handoff.head.name or "handoff")
    zendesk = [system for system in known if system.row.get("role") == "zendesk"]
    entries = [_resource(view, system) for system in zendesk]
    if entries:
        entries[0] = {**entries[0], "apiVersion": Noted(_VERSION, (_TWICE,))}
    return documents(_component(view, own, known), *entries)


# -- entries -----------------------------------------------------------------------------------------------------


def _component(view: View, name: str, known: list[_System]) -> Mapping[str, Node]:
    head = view.interview.handoff.head
    owner, notes = _owner(view)
    live = head.status == "final" and head.moment == "engineering_to_support"
    others = [system for system in known if system.row.get("role") != "zendesk"]
    # What passes the data on may be just what this entry describes.
    needed = [system.ref for system in known if system.ref != f"component:default/{name}"]
    statuses = [link for system in others for link in _status(view, system)]
    return {
        "apiVersion": Noted(_VERSION, (plain(stands(view)), *_TELLS)),
        "kind": "Component",
        "metadata": {
            "name": name,
            "title": _line(head.name) or "Handoff without a name",
            **_description(view),
            "annotations": dict(_annotations(view)),
            "tags": list(dict.fromkeys(["zendesk", "integration", *_tag(view.interview.template.id)])),
            "links": [*_contract(view), *statuses, *_runbooks(view)],
        },
        "spec": {
            "type": "service",
            "lifecycle": "production" if live else "experimental",
            "owner": Noted(owner, notes),
            "dependsOn": Noted(needed, _standing(view, SYSTEMS)),
        },
    }


def _resource(view: View, system: _System) -> Mapping[str, Node]:
    key = _contact(view, SYSTEMS, system.row, "owner") or _accountable(view, "zendesk_config")
    owner, notes = (_reference(view, key), ()) if key else _owner(view)
    return {
        "apiVersion": _VERSION,
        "kind": "Resource",
        "metadata": {
            "name": system.name,
            "title": _line(system.title) or system.name,
            "tags": ["zendesk"],
            "links": list(_status(view, system)),
        },
        "spec": {"type": "helpdesk", "owner": Noted(owner, notes)},
    }


def _description(view: View) -> Mapping[str, Node]:
    """Return what it is for: the first paragraph of it, on one line."""
    question = view.questions.get(JOURNEY)
    if question is None or not view.decided(question):
        return {}
    text = plain(view.say_value(JOURNEY)).split("\n\n")[0]
    return {"description": Noted(short(text, _DESCRIBED), _standing(view, JOURNEY))} if text else {}


def _annotations(view: View) -> Iterator[tuple[str, str]]:
    """Yield what somebody may want to look for in the whole catalog; values as they stand in the file."""
    yield "handoff-wizard/status", view.interview.handoff.head.status
    for name, question_id in FACTS.items():
        question = view.questions.get(question_id)
        value = view.answer(question).effective if question else None
        if question and value is not None and not question.field.check(value):
            yield f"handoff-wizard/{name}", str(value)


# -- who ---------------------------------------------------------------------------------------------------------


def _owner(view: View) -> tuple[str, tuple[str, ...]]:
    """Return who answers for changes of the contract, with what is to be said of it."""
    if key := _accountable(view, "contract_changes"):
        return _reference(view, key), _standing(view, DUTIES)
    row = _duty(view, "contract_changes")
    undecided = view.cell(DUTIES, row, "accountable") if row else Markup()
    why = f"Nobody answers for changes of the contract yet. {plain(undecided)}".strip()
    if owner := view.interview.handoff.head.owner:
        return _reference(view, owner), (f"{why} This is the integration owner.",)
    return "unknown", (why,)


def _duty(view: View, duty: str) -> Row | None:
    return next((row for row in view.rows(DUTIES) if row.get("duty") == duty), None)


def _accountable(view: View, duty: str) -> str:
    row = _duty(view, duty)
    return _contact(view, DUTIES, row, "accountable") if row else ""


def _contact(view: View, question_id: str, row: Row, column: str) -> str:
    """Return the key in a cell, unless the cell is empty or open."""
    return "" if view.open_cell(question_id, row, column) else str(row.get(column, ""))


def _reference(view: View, key: str) -> str:
    """Return a contact as an owner; whoever is not known to be one person is a group, as Backstage has it too."""
    kind = "user" if view.people.get(key, {}).get("kind") == "person" else "group"
    return f"{kind}:default/{entity_name(key)}"


# -- systems -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _System:
    title: str
    name: str
    row: Mapping[str, Any]

    @property
    def ref(self) -> str:
        """What passes the data on is software of somebody's; the rest is there, and we depend on it."""
        return f"{'component' if self.row.get('role') == 'middleware' else 'resource'}:default/{self.name}"


def _systems(view: View) -> list[_System]:
    """Return the systems, each under a name of its own."""
    found: list[_System] = []
    for row in view.rows(SYSTEMS):
        title = str(row.get("name", ""))
        name = entity_name(title)
        if name in {system.name for system in found}:
            name = _distinct(name, f"{title}/{len(found)}")
        found.append(_System(title, name, row))
    return found


# -- links -------------------------------------------------------------------------------------------------------


def _link(url: str, title: str, kind: str) -> Iterator[Node]:
    if is_address(url):
        yield {"url": url, "title": title, "type": kind}


def _contract(view: View) -> Iterator[Node]:
    question = view.questions.get(CONTRACT)
    if question is not None and view.decided(question):
        yield from _link(str(view.answer(question).value), "Contract and version", "documentation")


def _status(view: View, system: _System) -> Iterator[Node]:
    if not view.open_cell(SYSTEMS, system.row, "status_page"):
        yield from _link(str(system.row.get("status_page", "")), f"Status of {_line(system.title)}", "dashboard")


def _runbooks(view: View) -> Iterator[Node]:
    for name, row in named_rows(view, ALERTS):
        if not view.open_cell(ALERTS, row, "runbook"):
            yield from _link(str(row.get("runbook", "")), f"Runbook: {_line(plain(name))}", "runbook")


_URL = re.compile(r"https?://(?P<host>[A-Za-z0-9.-]{1,253})(?::(?P<port>[0-9]{1,5}))?(?:[/?#][!-~]{0,2000})?")
_LABEL = re.compile(r"(?!xn--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Say whether text is as a whole a web address that no reader of addresses refuses: one would refuse the entry."""
    found = _URL.fullmatch(text)
    if found is None or int(found["port"] or 0) > 65535:
        return False
    labels = found["host"].split(".")
    if labels[-1][:1].isdigit():
        return _is_ip(found["host"])
    return all(_LABEL.fullmatch(label) for label in labels)


def _is_ip(host: str) -> bool:
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


# -- names -------------------------------------------------------------------------------------------------------


def entity_name(text: str) -> str:
    """Return text as a name that Backstage takes: 1 to 63 Latin letters and digits joined by `-`.

    A name that would lose all its letters, or its end, carries a mark by which it differs from others.
    """
    key = key_from(visible(text))
    name = "-".join(re.findall("[a-z0-9]+", key))
    if key == "unnamed" or not key.isascii() or not name:
        return _distinct(name or "entity", text)
    return name if len(name) <= _LONGEST else _distinct(name, text)


def _distinct(name: str, text: str) -> str:
    mark = sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{name[: _LONGEST - len(mark) - 1].rstrip('-')}-{mark}"


def _tag(text: str) -> Iterator[str]:
    """Yield text as a tag; nothing where no character of it may stand in one."""
    if tag := "-".join(re.findall("[a-z0-9:+#]+", text.casefold()))[:_LONGEST].strip("-"):
        yield tag


# -- words -------------------------------------------------------------------------------------------------------


def _line(text: str) -> str:
    return " ".join(text.split())


def _standing(view: View, question_id: str) -> tuple[str, ...]:
    """Return what keeps an answer from being settled, or why there is none."""
    question = view.questions.get(question_id)
    if question is None:
        return ()
    missing = [] if view.decided(question) else [view.value(question)]
    return tuple(f"{question.label}: {plain(said)}" for said in (*missing, *view.standing(question)))
