"""The invitation: what people have to know who never heard of the program, of a new handoff and a prepared one."""

from __future__ import annotations

import re

import pytest

from handoff_tui.core.answers import Answer, Open, OpenCell
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import PREWORK
from tests.cli.calling import EXAMPLES, run
from tests.core.making import bundled
from tests.render.samples import billing, example, handoff_of, parser, part, published, shown
from tests.render.test_golden import NAMES

TEMPLATES = ("general", "payments", "identity", "operations")
PEOPLE = "parties.people"
SYSTEMS = "parties.systems"
DUTIES = "ownership.responsibilities"


def sheet(handoff: Handoff, file: str = "") -> str:
    return published(handoff, "invitation", file=file)


def new(template: str = "payments") -> Handoff:
    """Return a handoff as `new` leaves it: a name, an owner and who is in the room."""
    people = [{"key": "mara", "name": "Māra", "kind": "person"}, {"key": "jon", "name": "Jon", "kind": "person"}]
    return handoff_of({PEOPLE: people}, template, owner="mara", participants=("Māra", "Jon"))


def prepared() -> Handoff:
    """Return a handoff in which the prework is done and nothing else."""
    answers = {key: answer for key, answer in billing().answers.items() if key in PREWORK}
    cells = tuple(cell for cell in billing().open_cells if cell.question in PREWORK)
    return Handoff(billing().head, answers, open_cells=cells)


def row(text: str, who: str) -> str:
    """Return what somebody is wanted for."""
    (found,) = re.findall(rf"^\| \*\*{re.escape(who)}\*\* \|[^|]*\|([^|]*)\|", text, re.MULTILINE)
    return str(found).strip()


# -- the questions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_seven_questions_stand_in_it_as_the_template_has_them(template: str) -> None:
    agenda = part(sheet(new(template)), "What we decide")
    asks = [section.asks for section in bundled(template).sections if section.asks]
    assert len(asks) == 7
    assert re.findall(r"^\| (\d) \| \*\*(.+?)\*\*", agenda, re.MULTILINE) == [
        (str(number), question) for number, question in enumerate(asks, 1)
    ]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_minutes_are_those_of_the_template(template: str) -> None:
    text = sheet(new(template))
    minutes = [int(cell) for cell in re.findall(r"\| (\d+) \| 0 of \d+ \|$", text, re.MULTILINE)]
    assert minutes == [section.minutes for section in bundled(template).sections]
    assert f"**How long:** about {5 * round(sum(minutes) / 5)} minutes with four to eight people\n" in text


def test_how_much_of_it_is_left_is_said() -> None:
    assert re.search(r"\*\*How long:\*\* about 105 minutes .*, of which about \d+ are left\n", sheet(prepared()))
    assert "every question has an answer, so reading them again takes less" in sheet(example("charging-plans"))


# -- what to bring -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
def test_everything_the_template_asks_for_is_listed_under_whoever_brings_it(template: str) -> None:
    text = sheet(new(template))
    words = {"engineering": "Engineering", "support": "Customer support", "vendor": "An outside vendor"}
    for question in bundled(template).by_id.values():
        for function, thing in question.bring.items():
            assert f"{thing}\n" in f"{part(text, words.get(function, function.capitalize()), 3)}\n", question.id


@pytest.mark.parametrize(
    ("template", "thing"),
    [
        ("payments", "Who may refund, credit, charge again or cancel"),
        ("identity", "The words that customers get today for each outcome"),
        ("operations", "When the sender drops a subscription"),
    ],
)
def test_a_scenario_asks_for_more(template: str, thing: str) -> None:
    assert thing in sheet(new(template))
    assert thing not in sheet(new("general"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_to_bring_is_one_line_without_an_end(template: str) -> None:
    for question in bundled(template).by_id.values():
        for thing in question.bring.values():
            assert thing == " ".join(thing.split())
            assert len(thing) <= 120
            assert not thing.endswith((".", "?"))


def test_what_is_answered_is_only_to_be_checked() -> None:
    bring = part(sheet(prepared()), "Engineering", 3)
    new_things, checked = bring.split("**To check what is answered already:**")
    assert "**Systems:**" in checked
    assert "**Failures (question 4):**" in new_things
    assert "To check what is answered already" not in sheet(new())


def test_what_is_open_is_not_answered() -> None:
    done = example("charging-plans")
    text = sheet(done.with_answer("failure_handling.failure_modes", Answer(None, Open(owner="asa"))))
    assert "every question has an answer" not in text
    assert "every question was gone through, and some are still open" in text
    assert "**Failures (question 4):**" in part(text, "Engineering", 3).split("**To check what")[0]


def test_those_who_bring_it_are_named() -> None:
    assert "\nMāra Bērziņa; " in part(sheet(billing()), "Customer support", 3)
    assert "Nobody is named from there yet" in part(sheet(example("furniture-deliveries")), "Engineering", 3)


# -- who comes ---------------------------------------------------------------------------------------------------


def test_of_a_new_handoff_it_says_who_is_invited_and_which_duties_nobody_has() -> None:
    text = part(sheet(new()), "Who comes, and what for")
    assert row(text, "Māra") == "integration owner"
    assert row(text, "Jon") == "the questions below; nothing is in their name yet"
    assert "**Nobody is named yet who answers for:**\n\n- changes to fields and statuses\n- resending what" in text
    assert "- closing the month's books" in text
    assert "closing the month's books" not in sheet(new("identity"))


def test_without_anybody_it_says_so() -> None:
    assert "Nobody is on the list yet." in sheet(handoff_of({}))
    assert "no integration owner is named yet" in sheet(handoff_of({}))


def test_everybody_is_there_once_with_what_they_answer_for() -> None:
    text = part(sheet(billing()), "Who comes, and what for")
    names = re.findall(r"^\| \*\*(.+?)\*\* \|", text, re.MULTILINE)
    people = [str(row["name"]) for row in billing().rows(PEOPLE)]
    assert sorted(names) == sorted({*people, *billing().head.participants})
    assert row(text, "Tomáš Dvořák").startswith("Systems (Zendesk)<br>Duties (settings in Zendesk)<br>")
    listed, others = text.split("**Named in it, and not on the list:**")
    assert "Zofia Wiśniewska" in listed
    assert "Billing on-call" in others


def test_a_name_that_no_row_of_people_has_is_invited_all_the_same() -> None:
    assert row(sheet(handoff_of({}, participants=("Ana", "Ana "))), "Ana").startswith("the questions below")


def test_who_does_it_is_not_named_where_the_cell_is_open() -> None:
    rows = [{"duty": "retry_logic", "accountable": "mara"}]
    handoff = handoff_of({DUTIES: rows, PEOPLE: [{"key": "mara", "name": "Māra"}]})
    assert row(sheet(handoff), "Māra") == "Duties (resending what failed)"
    cell = OpenCell(DUTIES, "retry_logic", "accountable", "")
    said = sheet(Handoff(handoff.head, handoff.answers, open_cells=(cell,)))
    assert "- resending what failed" in said
    assert row(said, "Māra") == ""


def test_who_is_nothing_but_a_backup_comes_as_that() -> None:
    people = [{"key": "a", "name": "Ada", "backup": "b"}, {"key": "b", "name": "Bo"}]
    assert row(sheet(handoff_of({"parties.people": people}, participants=("a",))), "Bo") == "covers for Ada"


def test_of_many_rows_it_says_how_many() -> None:
    systems = [{"name": f"System {number}", "role": "source", "owner": "mara"} for number in range(4)]
    assert row(sheet(handoff_of({SYSTEMS: systems}, participants=("mara",))), "mara") == "Systems (4)"


# -- beforehand --------------------------------------------------------------------------------------------------


def test_the_prework_is_asked_for_and_then_shown() -> None:
    todo = part(sheet(new(), "stripe.handoff.toml"), "What one person prepares alone")
    assert "in about 45 minutes" in todo
    assert "- **Alerts:** No answer yet.\n" in todo
    assert "handoff-wizard new stripe.handoff.toml --prework" in todo
    done = part(sheet(example("charging-plans")), "What one person prepares alone")
    assert "- **Systems:** Stripe; Laddnet; plan-bridge; Zendesk\n" in done
    assert "--prework" not in done


def test_what_is_open_is_asked_of_whoever_finds_it_out() -> None:
    assert "| Dániel Sándorfi | 15 Jan 2027 |" in part(
        sheet(example("furniture-deliveries")), "What to find out before"
    )
    assert "## What to find out before" not in sheet(new())


@pytest.mark.parametrize(
    ("file", "word"),
    [
        ("a b.handoff.toml", "'a b.handoff.toml'"),
        ("-x.handoff.toml", "./-x.handoff.toml"),
        ("$(rm).handoff.toml", "'$(rm).handoff.toml'"),
        ("a\nb`.handoff.toml", "'a␊b`.handoff.toml'"),
    ],
)
def test_the_name_of_the_file_is_one_word_of_the_commands(file: str, word: str) -> None:
    text = sheet(new(), file)
    assert f"handoff-wizard resume {word} " in text
    assert len([token for token in parser().parse(text) if token.type == "fence"]) == 2


def test_where_nobody_knows_the_file_a_name_stands_for_it() -> None:
    assert "handoff-wizard resume NAME.handoff.toml" in sheet(new())


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_writes_the_one_that_is_checked_in(name: str) -> None:
    done = run("render", f"{name}.handoff.toml", "--document", "invitation", "--output", "-", cwd=EXAMPLES)
    assert (done.code, done.err) == (0, "")
    assert done.out == (EXAMPLES / "documents" / f"{name}.invitation.md").read_text(encoding="utf-8")


def test_every_text_of_it_is_shown_in_the_page_of_html_too() -> None:
    text, html = sheet(new()), published(new(), "invitation", ".html")
    first = next(shown(token) for token in parser().parse(text) if token.type == "inline")
    assert f"<title>{first}</title>" in html
    assert "handoff-wizard new NAME.handoff.toml --prework" in html
