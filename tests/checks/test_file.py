"""The checks of the file as a whole: secrets and marks of a merge wherever they stand, keys nobody asks for."""

from __future__ import annotations

from typing import Any

import pytest

from handoff_tui.checks import RULES
from handoff_tui.checks.facts import Facts
from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import Interview
from tests.checks.corpus import DAY, failing, findings
from tests.checks.making import found
from tests.core.making import bundled, handoff_of

HEAD = '[handoff]\nname = "Test"\nowner = "ops"\n'
EARLY = HEAD + 'moment = "discovery_to_delivery"\n'
# In pieces, so that no scanner at a hosting site takes this file for a leak.
CARD = "4242 4242" + " 4242 4242"
KEY = "AKIA" + "IOSFODNN7EXAMPLE"
MERGE = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main"

Place = tuple[str, str | None, str | None, int | None, str]


def place(item: Finding) -> Place:
    return item.question, item.row, item.column, item.index, item.part


def places(text: str, rule: str, **more: Any) -> list[Place]:
    return [place(item) for item in found(text, rule=rule, **more)]


# -- texts, wherever they stand ----------------------------------------------------------------------------------

ANYWHERE: dict[str, tuple[str, Place]] = {
    "an answer": (HEAD + '[fallback]\nfallback_exit = """{}"""\n', ("fallback.fallback_exit", None, None, None, "")),
    "an item of a list": (
        HEAD + '[source_of_truth]\nnever_copied = ["secret", """{}"""]\n',
        ("source_of_truth.never_copied", None, None, None, ""),
    ),
    "a cell": (
        HEAD + '[[alerts.alerts]]\nalert = "A"\n[[alerts.alerts]]\nalert = "B"\nrunbook = """{}"""\n',
        ("alerts.alerts", "B", "runbook", 1, ""),
    ),
    "a cell nobody asks for": (
        HEAD + '[[alerts.alerts]]\nalert = "A"\n[alerts.alerts.deep]\ndeeper = ["""{}"""]\n',
        ("alerts.alerts", "A", "deep", 0, ""),
    ),
    "a row that is none": (HEAD + '[alerts]\nalerts = ["""{}"""]\n', ("alerts.alerts", None, None, None, "")),
    "an answer kept while it is open": (
        HEAD + '[fallback]\nfallback_exit = """{}"""\n[open.fallback.fallback_exit]\nowner = "ops"\n',
        ("fallback.fallback_exit", None, None, None, ""),
    ),
    "a hidden answer": (
        EARLY + '[[close.evidence]]\ntested = "A"\nlink = """{}"""\n',
        ("close.evidence", "A", "link", 0, ""),
    ),
    "an answer nobody asks for": (HEAD + '[future]\nanswer = """{}"""\n', ("future.answer", None, None, None, "")),
    "an open answer": (
        HEAD + '[open.fallback.fallback_max]\nnote = """{}"""\n',
        ("fallback.fallback_max", None, None, None, "open"),
    ),
    "a basis": (
        HEAD + '[assumed.fallback.fallback_max]\nbasis = """{}"""\n',
        ("fallback.fallback_max", None, None, None, "assumed"),
    ),
    "a reason": (
        HEAD + '[not_applicable.fallback.fallback_max]\nreason = """{}"""\n',
        ("fallback.fallback_max", None, None, None, "not_applicable"),
    ),
    "what an answer was": (
        HEAD + '[stale.fallback.fallback_max]\nbecause = "business_state.criticality"\nwas = """{}"""\n',
        ("fallback.fallback_max", None, None, None, "stale"),
    ),
    "a note": (
        HEAD + '[notes.fallback.fallback_max]\ntext = """{}"""\n',
        ("fallback.fallback_max", None, None, None, "notes"),
    ),
    "a state, under a key nobody knows": (
        HEAD + '[notes.fallback.fallback_max]\nfuture = """{}"""\n',
        ("fallback.fallback_max", None, None, None, "notes"),
    ),
    "an open cell": (
        HEAD + '[[open_cells]]\nquestion = "alerts.alerts"\nrow = "A"\ncolumn = "runbook"\nowner = """{}"""\n',
        ("alerts.alerts", "A", None, None, "open_cells"),
    ),
    "what was accepted": (
        HEAD + '[[accepted]]\nrule = "untested"\nquestion = "alerts.alerts"\nrow = "A"\nreason = """{}"""\n',
        ("alerts.alerts", "A", None, None, "accepted"),
    ),
    "the other side of a merge": (
        HEAD + '[[conflict.fallback.fallback_max]]\nours = "8h"\ntheirs = """{}"""\n',
        ("fallback.fallback_max", None, None, None, "conflict"),
    ),
    "the name": (HEAD.replace('"Test"', '"""{}"""'), ("handoff.name", None, None, None, "")),
    "a participant": (HEAD + 'participants = ["""{}"""]\n', ("handoff.participants", None, None, None, "")),
    "the head, under a key nobody knows": (HEAD + 'future = """{}"""\n', ("handoff.future", None, None, None, "")),
    "the top, under a key nobody knows": ('future = """{}"""\n' + HEAD, ("future", None, None, None, "")),
}


@pytest.mark.parametrize(("text", "where"), ANYWHERE.values(), ids=ANYWHERE)
def test_a_secret_is_found_wherever_it_stands(text: str, where: Place) -> None:
    assert places(text.format(f"pay with {CARD} here"), "secret") == [where]


@pytest.mark.parametrize(("text", "where"), ANYWHERE.values(), ids=ANYWHERE)
def test_marks_of_a_merge_are_found_wherever_they_stand(text: str, where: Place) -> None:
    assert places(text.format("\n" + MERGE), "conflict-marker") == [where]


@pytest.mark.parametrize(("text", "where"), ANYWHERE.values(), ids=ANYWHERE)
def test_a_harmless_text_is_left_alone(text: str, where: Place) -> None:
    harmless = text.format("a < b, ======= and\\n c > d")
    assert places(harmless, "secret") == places(harmless, "conflict-marker") == []


def test_two_texts_beside_one_another_make_no_secret() -> None:
    text = HEAD + '[business_state]\njourney = "See the password:"\ndoes_not_do = "tR4y-9sail.Moss2 and more"\n'
    assert places(text, "secret") == []
    assert places(text.replace('"\ndoes_not_do = "', " "), "secret") == [
        ("business_state.journey", None, None, None, "")
    ]


def test_a_secret_in_words_never_repeats_it() -> None:
    text = HEAD + f'[business_state]\njourney = "{CARD}, {KEY}, {CARD}"\n'
    (item,) = found(text, rule="secret")
    assert item.message == "It holds a card number and an AWS access key."
    assert item.fix == (
        "Remove it and change it where it is used; write where it is kept. A false alarm can be accepted."
    )
    assert item.severity == "error"
    assert CARD not in repr(item)
    assert KEY not in repr(item)


def test_a_false_alarm_can_be_accepted_until_the_text_changes() -> None:
    text = HEAD + f'[business_state]\njourney = "{CARD}"\n'
    (item,) = found(text, rule="secret")
    accepted = (
        '[[accepted]]\nrule = "secret"\nquestion = "business_state.journey"\nreason = "the test card of the vendor"\n'
        f'by = "ops"\nfingerprint = "{item.fingerprint}"\n'
    )
    assert found(text + accepted, rule="secret") == []
    assert len(found(text.replace(CARD, f"{CARD} or so") + accepted, rule="secret")) == 1


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<<<<<<< HEAD", True),
        ("<<<<<<<", True),
        ("one\n>>>>>>> main\ntwo", True),
        ("one\n>>>>>>>", True),
        ("=======", False),
        (" <<<<<<< HEAD", False),
        ("<<<<<<<HEAD", False),
        ("<<<<<<<< HEAD", False),
        ("a <<<<<<< HEAD", False),
        ("<<<<<< HEAD", False),
    ],
)
def test_the_marks_that_git_makes(text: str, marked: bool) -> None:
    items = found(HEAD + f"[business_state]\njourney = '''\n{text}'''\n", rule="conflict-marker")
    assert [(item.severity, item.message, item.fix) for item in items] == [
        (
            "error",
            "This text holds the marks of an unfinished git merge (<<<<<<<, >>>>>>>).",
            "Keep one version, and delete the marks.",
        )
    ] * marked


def test_texts_are_walked_once() -> None:
    facts = Facts(Interview(bundled("general"), handoff_of({"business_state.journey": "x"})), DAY)
    assert facts.texts is facts.texts
    assert "x" in facts.texts.joined.split("\n")


# -- unknown-key -------------------------------------------------------------------------------------------------

UNKNOWN: dict[str, tuple[str, Place, str]] = {
    "at the top": (
        'priority = "x"\n' + HEAD,
        ("priority", None, None, None, ""),
        "Nothing asks for “priority”; it is kept and not read. Correct it, or remove it.",
    ),
    "a section misspelt, as a value": (
        'fallbak = "x"\n' + HEAD,
        ("fallbak", None, None, None, ""),
        "Nothing asks for “fallbak”; it is kept and not read. Did you mean fallback? Else remove it.",
    ),
    "in the head": (
        HEAD + 'ownr = "x"\n',
        ("handoff.ownr", None, None, None, ""),
        "Nothing asks for “ownr”; it is kept and not read. Did you mean owner? Else remove it.",
    ),
    "a key of the head that is none": (
        HEAD + 'extra = "x"\n',
        ("handoff.extra", None, None, None, ""),
        "Nothing asks for “extra”; it is kept and not read. Correct it, or remove it.",
    ),
    "in a section": (
        HEAD + '[fallback]\nfallback_exits = "x"\n',
        ("fallback.fallback_exits", None, None, None, ""),
        "Nothing asks for “fallback.fallback_exits”; it is kept and not read. "
        "Did you mean fallback_exit? Else remove it.",
    ),
    "in a misspelt section": (
        HEAD + '[fallbak]\nfallback_exit = "x"\n',
        ("fallbak.fallback_exit", None, None, None, ""),
        "Nothing asks for “fallbak.fallback_exit”; it is kept and not read. "
        "Did you mean fallback.fallback_exit? Else remove it.",
    ),
    "a section of another scenario": (
        HEAD + '[payments]\ncard_data = "none"\n',
        ("payments.card_data", None, None, None, ""),
        "Nothing asks for “payments.card_data”; it is kept and not read. Correct it, or remove it.",
    ),
    "a state without its question": (
        HEAD + '[open.fallback.future]\nowner = "ops"\n',
        ("fallback.future", None, None, None, ""),
        "Nothing asks for “fallback.future”; it is kept and not read. Correct it, or remove it.",
    ),
    "in a row": (
        HEAD + '[[alerts.alerts]]\nalert = "A"\n[[alerts.alerts]]\nalert = "B"\nrunbok = "x"\n',
        ("alerts.alerts", "B", "runbok", 1, ""),
        "Nothing asks for “runbok”; it is kept and not read. Did you mean runbook? Else remove it.",
    ),
    "in a state": (
        HEAD + '[assumed.fallback.fallback_max]\nbasiss = "x"\n',
        ("fallback.fallback_max", None, None, None, "assumed"),
        "Nothing asks for “basiss”; it is kept and not read. Did you mean basis? Else remove it.",
    ),
    "in a note": (
        HEAD + '[notes.fallback.fallback_max]\ntxt = "x"\n',
        ("fallback.fallback_max", None, None, None, "notes"),
        "Nothing asks for “txt”; it is kept and not read. Did you mean text? Else remove it.",
    ),
    "in an open cell": (
        HEAD + '[[open_cells]]\nquestion = "alerts.alerts"\nrow = "A"\ncolumn = "runbook"\nowener = "x"\n',
        ("alerts.alerts", "A", None, None, "open_cells"),
        "Nothing asks for “owener”; it is kept and not read. Did you mean owner? Else remove it.",
    ),
    "in what was accepted": (
        HEAD + '[[accepted]]\nrule = "untested"\nquestion = "alerts.alerts"\nrow = "A"\nresaon = "x"\n',
        ("alerts.alerts", "A", None, None, "accepted"),
        "Nothing asks for “resaon”; it is kept and not read. Did you mean reason? Else remove it.",
    ),
    "a second state": (
        HEAD + '[open.fallback.fallback_max]\nowner = "ops"\n[assumed.fallback.fallback_max]\nbasis = "x"\n',
        ("fallback.fallback_max", None, None, None, "assumed"),
        "“fallback.fallback_max” has two states; the one under “assumed” is kept and not read. Keep one of the two.",
    ),
    "a state that is no table": (
        "stale = 3\n" + HEAD,
        ("stale", None, None, None, ""),
        "What stands under “stale” does not have the form it needs; it is kept and not read. "
        "Write it as the README shows.",
    ),
    "a conflict of another form": (
        HEAD + '[conflict]\nfallback = "x"\n',
        ("conflict", None, None, None, ""),
        "What stands under “conflict” does not have the form it needs; it is kept and not read. "
        "Write it as the README shows.",
    ),
    "a control character": (
        HEAD + '[fallback]\n"\\u001b[2J" = "x"\n',
        ("fallback.\x1b[2J", None, None, None, ""),
        "Nothing asks for “fallback.␛[2J”; it is kept and not read. Correct it, or remove it.",
    ),
}


@pytest.mark.parametrize(("text", "where", "words"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_key_nobody_asks_for(text: str, where: Place, words: str) -> None:
    (item,) = found(text, rule="unknown-key")
    assert place(item) == where
    assert f"{item.message} {item.fix}" == words
    assert item.severity == "warning"


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        "#:schema https://example.com/schema.json\n# a comment\n" + HEAD,
        EARLY + '[[close.evidence]]\ntested = "A"\nfuture = "x"\n',
        EARLY + '[notes.close.evidence]\ntext = "x"\n',
        HEAD + '[alerts]\nalerts = "all of them"\n',
        HEAD + '[open.fallback.fallback_max]\ndue = "soon"\n',
        "open_cells = []\naccepted = []\n" + HEAD,
    ],
)
def test_what_the_format_and_the_template_know(text: str) -> None:
    assert places(text, "unknown-key") == []


def test_each_unknown_key_is_accepted_by_itself() -> None:
    text = HEAD + '[notes.fallback.fallback_max]\none = "x"\ntwo = "x"\n'
    first, second = found(text, rule="unknown-key")
    assert first.fingerprint != second.fingerprint


def test_unknown_columns_come_in_the_order_of_the_file() -> None:
    names = [f"x{number}" for number in (3, 1, 2, 9, 7, 5, 0, 8)]
    text = HEAD + '[[alerts.alerts]]\nalert = "A"\n' + "".join(f"{name} = 1\n" for name in names)
    assert [item.column for item in found(text, rule="unknown-key")] == names


# -- unreadable --------------------------------------------------------------------------------------------------

REASONS = {
    "marks-of-a-merge-between-the-lines": "It cannot be read as TOML: it holds the marks of an unfinished git merge "
    "(<<<<<<<).",
    "key-written-twice": "It cannot be read as TOML: fallback_max is written twice.",
    "quote-left-open": "It cannot be read as TOML: illegal character '\\n'.",
    "format-of-the-future": "It has format 2, which is newer than this program knows.",
    "template-that-is-not-here": "There is no template called “warehouse”.",
    "no-handoff-at-all": "This is not a handoff: it has no [handoff].",
    "head-that-is-no-table": "Its handoff is not a table.",
    "not-utf-8": "It is not UTF-8 text.",
}


@pytest.mark.parametrize("path", [path for rule, path in failing() if rule == "unreadable"], ids=lambda path: path.name)
def test_a_file_that_cannot_be_read_says_why(path: Any) -> None:
    (item,) = findings(path)
    assert item.message == REASONS[path.name.removesuffix(".handoff.toml")]


def test_what_could_be_read_is_never_unreadable() -> None:
    assert "unreadable" in RULES
    assert found(HEAD, rule="unreadable") == []
