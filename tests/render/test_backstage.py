"""The entries for Backstage: what its schemas take, whatever was typed, and what each of them says."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from handoff_tui.core.answers import Assumed, Open, OpenCell
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.render.backstage import backstage, entity_name, is_address
from handoff_tui.render.view import View
from tests.core.making import bundled
from tests.render.catalog import official, read, validated
from tests.render.samples import HERE, billing, changed, example, handoff_of, published
from tests.render.test_golden import NAMES
from tests.render.test_hostile import HOSTILE, WORD, document

SYSTEMS = "parties.systems"
DUTIES = "ownership.responsibilities"
PEOPLE = "parties.people"
NASTY = [
    *HOSTILE, "key: value", "- x", "{a: b}", "[a]", "&anchor", "*anchor", "!!python/object", "%TAG", "|", ">", "? x",
    "null", "true", "yes", "off", "y", "~", "1e3", "0o17", "0x1f", "12:30", "1_000", ".inf", "2026-11-23", "<<", "=",
    "a # b", "a: b # c", "...", "'", '"', '"}]', "a\\nb", "\u00a0", "\u2028x", "\x85x", "é\u0301",
    "\U0001f468\u200d\U0001f469",
    "結算", "a\x1b]52;c;x\x07\u202eb", "\ud800", "\uffff", "\U000e0001", "x" * 5000, "---\nkind: Group",
]  # fmt: skip


def entries(handoff: Handoff) -> list[Any]:
    return validated(published(handoff, "backstage"))


def component(handoff: Handoff) -> Any:
    return entries(handoff)[0]


# -- what it says ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_one_component_and_zendesk_as_a_resource(name: str) -> None:
    first, zendesk = entries(example(name))
    handoff = example(name)
    assert (first["kind"], zendesk["kind"]) == ("Component", "Resource")
    assert first["metadata"]["title"] == handoff.head.name
    assert zendesk["metadata"]["name"] == "zendesk"
    assert len(first["spec"]["dependsOn"]) == len(handoff.rows(SYSTEMS))
    accountable = next(row["accountable"] for row in handoff.rows(DUTIES) if row["duty"] == "contract_changes")
    assert first["spec"]["owner"] == f"user:default/{accountable}"


@pytest.mark.parametrize(
    ("status", "moment", "lifecycle"),
    [
        ("draft", "engineering_to_support", "experimental"),
        ("final", "engineering_to_support", "production"),
        ("final", "discovery_to_delivery", "experimental"),
    ],
)
def test_what_is_not_signed_off_or_not_built_yet_is_experimental(status: str, moment: str, lifecycle: str) -> None:
    assert component(handoff_of({}, status=status, moment=moment))["spec"]["lifecycle"] == lifecycle


@pytest.mark.parametrize(
    ("kind", "reference"), [("person", "user"), ("team", "group"), ("rota", "group"), (None, "group")]
)
def test_one_person_is_a_user_and_all_others_are_a_group(kind: str | None, reference: str) -> None:
    person = {"key": "marit-ås", "name": "Marit Ås"} | ({"kind": kind} if kind else {})
    duties = [{"duty": "contract_changes", "accountable": "marit-ås"}]
    assert component(handoff_of({PEOPLE: [person], DUTIES: duties}))["spec"]["owner"] == f"{reference}:default/marit-as"


def test_where_nobody_answers_for_the_contract_the_integration_owner_does_and_that_is_said() -> None:
    text = published(handoff_of({}, owner="zofia"), "backstage")
    assert validated(text)[0]["spec"]["owner"] == "group:default/zofia"
    assert "# Nobody answers for changes of the contract yet. This is the integration owner.\n" in text
    cell = OpenCell(DUTIES, "contract_changes", "accountable", "zofia", date(2026, 12, 4))
    marked = handoff_of({DUTIES: [{"duty": "contract_changes"}]}, owner="zofia")
    said = published(Handoff(marked.head, marked.answers, open_cells=(cell,)), "backstage")
    assert "contract yet. Not decided yet: zofia, by 4 Dec 2026 This is the integration owner.\n" in said


def test_a_handoff_of_nothing_is_an_entry_too() -> None:
    text = published(handoff_of({}, name=""), "backstage")
    (only,) = validated(text)
    assert (only["metadata"]["name"], only["metadata"]["title"]) == ("handoff", "Handoff without a name")
    assert only["spec"] == {"type": "service", "lifecycle": "experimental", "owner": "unknown"}
    assert "# Draft: not signed off yet." in text
    assert "  # Systems: No answer yet.\n" in text


def test_what_is_open_or_assumed_is_said_beside_it() -> None:
    opened = changed(SYSTEMS, lambda answer: answer.with_(mark=Open(owner="mara", due=date(2026, 12, 4)), value=None))
    assert "  # Systems: Not decided yet: Māra Bērziņa finds out by 4 Dec 2026.\n" in published(opened, "backstage")
    assumed = changed(DUTIES, lambda answer: answer.with_(mark=Assumed(basis="the draft", confirmer="mara")))
    assert "  # Duties: Assumed until Māra Bērziņa confirms: the draft\n" in published(assumed, "backstage")


def test_the_contract_is_a_link_only_where_it_is_an_address() -> None:
    def links(location: str) -> list[Any]:
        return list(component(handoff_of({"ownership.contract_location": location}))["metadata"].get("links", []))

    url = "https://git.example/contracts/billing.v3.json?ref=main#L1"
    assert links(url) == [{"url": url, "title": "Contract and version", "type": "documentation"}]
    assert links("contracts/billing.v3.json") == []
    assert links(f"{url}; API version 2026-09-30") == []
    assert links("javascript:alert(1)") == []


def test_a_middleware_that_is_the_integration_does_not_depend_on_itself() -> None:
    systems = [{"name": "Billing sync", "role": "middleware"}, {"name": "Stripe", "role": "source"}]
    spec = component(handoff_of({SYSTEMS: systems}, name="billing-sync"))["spec"]
    assert spec["dependsOn"] == ["resource:default/stripe"]


def test_systems_whose_names_look_alike_stay_two() -> None:
    systems = [{"name": name, "role": "source"} for name in ("Stripe", "stripe!", "結算", "決済", "STRIPE")]
    found = component(handoff_of({SYSTEMS: systems}))["spec"]["dependsOn"]
    assert len(set(found)) == 5
    assert found[0] == "resource:default/stripe"


def test_no_secret_is_in_it() -> None:
    secret = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    runbook = f"https://wiki.example/lag?key={secret}"
    rows = [billing().rows("alerts.alerts")[0] | {"runbook": runbook}]
    text = published(changed("alerts.alerts", lambda answer: answer.with_(value=rows)), "backstage")
    assert secret not in text
    validated(text)


# -- names and addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stripe billing state in Zendesk", "stripe-billing-state-in-zendesk"),
        ("Ľubica Šťastná & Søn", "lubica-stastna-son"),
        ("2026", "2026"),
        ("a_b.c", "a-b-c"),
    ],
)
def test_a_name_keeps_what_backstage_takes_of_it(text: str, name: str) -> None:
    assert entity_name(text) == name


@pytest.mark.parametrize("text", ["", "!!!", "結算", "結算 2", "x" * 64, "x" * 62 + "-y", "a" * 53 + "-" + "b" * 20])
def test_a_name_that_loses_something_is_marked(text: str) -> None:
    name = entity_name(text)
    assert 1 <= len(name) <= 63
    assert name == entity_name(text) != entity_name(f"{text}?!?x")


@pytest.mark.parametrize(
    "url",
    ["https://status.stripe.com/", "http://intranet/wiki", "https://10.0.0.1:8443/a?b=c#d", "https://a.example?x"],
)
def test_an_address_is_one(url: str) -> None:
    assert is_address(url)


# Each of these is refused by `new URL`, of which Backstage makes use, or by us to be on the safe side.
@pytest.mark.parametrize(
    "url",
    [
        "https://", "https:// x", "https://a..b/", "https://1.2.3.4.5/", "https://999.1.1.1/", "https://a.0x1g/",
        "https://a:99999/", "https://xn--/", "https://user:word@a.example/", "ftp://a.example/", "https://a.example/\n",
        "https://-a.example/", "//a.example/", "https://a.example/ b",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_none(url: str) -> None:
    assert not is_address(url)


def unchecked(handoff: Handoff) -> str:
    """Return the entries of a handoff that no file can hold, for it has half a character: no check reads it."""
    return backstage(View.of(Interview(bundled(handoff.head.template), handoff)))


# -- hostile text ------------------------------------------------------------------------------------------------


def shape(value: Any) -> Any:
    """Return an entry without its texts."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else type(value)


def named(text: str) -> Handoff:
    """Return a handoff in which every name is this text, or begins with it."""
    roles = ("source", "middleware", "zendesk", "zendesk")
    systems = [{"name": f"{text}{number}", "role": role, "owner": text} for number, role in enumerate(roles)]
    return handoff_of({SYSTEMS: systems, DUTIES: [{"duty": "contract_changes", "accountable": text}]}, name="plain")


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_hostile_text_changes_no_structure_and_comes_back(text: str) -> None:
    plain, hostile = (validated(document(typed, "backstage", ".yaml")) for typed in (WORD, text))
    assert [shape(entry) for entry in hostile] == [shape(entry) for entry in plain]
    for known, found in zip(plain, hostile, strict=True):
        assert set(found) == {"apiVersion", "kind", "metadata", "spec"}
        assert found["spec"] == known["spec"] | {"owner": found["spec"]["owner"]}
    if text.isprintable() and len(text) < 100:
        metadata = hostile[0]["metadata"]
        assert (metadata["title"], metadata["description"]) == (text.strip(), " ".join(text.split()))


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_hostile_names_of_systems_and_people_are_references_all_the_same(text: str) -> None:
    first, *resources = validated(unchecked(named(text)))
    assert len(first["spec"]["dependsOn"]) == 4
    assert len(resources) == 2


# -- the judges --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry["metadata"].update(name="a--b"),
        lambda entry: entry["metadata"].update(name="x" * 64),
        lambda entry: entry["metadata"].update(tags=["Zendesk"]),
        lambda entry: entry["metadata"].update(extra="x"),
        lambda entry: entry["spec"].pop("owner"),
        lambda entry: entry["spec"].update(lifecycle=True),
        lambda entry: entry.update(relations=[]),
    ],
)
def test_our_schema_refuses_what_backstage_would(spoil: Any) -> None:
    entry = component(billing())
    spoil(entry)
    with pytest.raises(jsonschema.ValidationError):
        validated(json.dumps(entry))


@pytest.mark.skipif(official("Component") is None, reason="BACKSTAGE_SCHEMAS names no folder of them")
def test_the_official_schemas_are_in_force() -> None:
    entry = component(billing())
    entry["spec"]["dependsOn"] = [""]
    with pytest.raises(jsonschema.ValidationError):
        official("Component").validate(entry)


_ASKED = """
const { parseAllDocuments } = require('yaml');
const model = require('@backstage/catalog-model');
const kinds = { Component: model.componentEntityV1alpha1Validator, Resource: model.resourceEntityV1alpha1Validator };
const policy = model.EntityPolicies.allOf([
  new model.SchemaValidEntityPolicy(), new model.NoForeignRootFieldsEntityPolicy(), new model.FieldFormatEntityPolicy(),
]);
(async () => {
  for (const text of JSON.parse(require('fs').readFileSync(0, 'utf8')))
    for (const document of parseAllDocuments(text)) {
      if (document.errors.length) throw document.errors[0];
      const entity = document.toJSON();
      if (!await kinds[entity.kind].check(entity)) throw new Error('not of its kind');
      await policy.enforce(entity);
      const spec = entity.spec;
      for (const reference of [spec.owner, ...(spec.dependsOn || [])])
        model.parseEntityRef(reference, { defaultKind: 'group', defaultNamespace: 'default' });
      console.log(entity.kind);
    }
})().catch(error => { console.error(String(error)); process.exit(1); });
"""


@pytest.mark.slow
def test_backstage_itself_takes_them(tmp_path: Path) -> None:
    """Its own validators, the policies a catalog enforces and the reader it uses, from npm."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("npm is not installed")
    command = [npm, "install", "--prefix", str(tmp_path), "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(
            [*command, "@backstage/catalog-model@1", "yaml@2"], capture_output=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip("npm takes too long")
    if done.returncode:
        pytest.skip("npm reaches no registry")
    texts = [published(example(name), "backstage") for name in NAMES]
    texts += [published(billing(), "backstage"), published(handoff_of({}, name=""), "backstage")]
    texts += [document(text, "backstage", ".yaml") for text in NASTY]
    texts += [unchecked(named(text)) for text in NASTY]
    (tmp_path / "asked.cjs").write_text(_ASKED, encoding="utf-8")
    asked = subprocess.run(
        [node, "asked.cjs"], cwd=tmp_path, input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.split() == [entry["kind"] for text in texts for entry in read(text)]


def test_the_golden_draft_is_valid() -> None:
    validated((HERE / "golden" / "billing.backstage.yaml").read_text(encoding="utf-8"))
