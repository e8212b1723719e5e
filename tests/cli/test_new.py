"""`new --no-input`: a draft from an answers file, what is missing by id, and never a file overwritten."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.interview import PREWORK
from handoff_tui.store.file import HandoffFile
from tests.cli.calling import EXAMPLES, PAYMENTS, Done, call, run

FILES = sorted(EXAMPLES.glob("*.handoff.toml"))


def missing(done: Done) -> list[str]:
    """Return the ids that are listed as missing."""
    return [line.partition(":")[0] for line in done.lines if ": no answer yet" in line]


def head(path: Path) -> dict[str, Any]:
    parsed: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["handoff"]
    return parsed


def essentials(template: str) -> list[str]:
    asked = Catalog().load(template).by_id.values()
    return [question.id for question in asked if question.essential and not question.when]


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    """Return an answers file that is the payments example with some lines changed."""
    text = PAYMENTS.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "answers.toml"
    path.write_text(text, encoding="utf-8")
    return path


# -- nothing given -----------------------------------------------------------------------------------------------


def test_every_essential_without_an_answer_is_listed_once_by_id_and_the_draft_is_written(tmp_path: Path) -> None:
    done = call("new", "stripe", "--template", "payments", "--no-input", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    listed = missing(done)
    assert len(listed) == len(set(listed))
    assert set(essentials("payments")) <= set(listed)
    assert listed[0] == "handoff.owner"
    assert "business_state.journey: no answer yet (essential). Finish the sentence" in done.err
    assert done.lines[-1].startswith("Draft written: stripe.handoff.toml (")
    assert [path.name for path in tmp_path.iterdir()] == ["stripe.handoff.toml"]
    assert head(tmp_path / "stripe.handoff.toml")["name"] == "stripe"


def test_essentials_are_listed_before_what_a_handoff_can_do_without(tmp_path: Path) -> None:
    done = run("new", "x", "--no-input", cwd=tmp_path)
    needs = re.findall(r"no answer yet \((\w+)\)", done.err)
    assert needs == sorted(needs, key=lambda need: need != "essential")
    assert {"essential", "recommended", "optional"} == set(needs)


def test_without_a_template_it_is_the_general_one(tmp_path: Path) -> None:
    run("new", "x", "--no-input", cwd=tmp_path)
    assert head(tmp_path / "x.handoff.toml")["template"] == "general"


def test_prework_lists_only_what_it_asks_for(tmp_path: Path) -> None:
    done = run("new", "x", "--no-input", "--prework", cwd=tmp_path)
    assert done.code == 2
    assert set(missing(done)) == PREWORK | {"handoff.owner"}


def test_without_any_name_nothing_is_made(tmp_path: Path) -> None:
    done = run("new", "--no-input", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.lines == [
        "handoff-wizard: handoff.name: “Name” of this handoff is empty. "
        "Fill it, for example Stripe billing state in Zendesk."
    ]
    assert list(tmp_path.iterdir()) == []


# -- an answers file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_as_answers_is_complete(path: Path, tmp_path: Path) -> None:
    before = date.today()
    done = call("new", "again", "--answers", str(path), "--no-input", cwd=tmp_path)
    assert (done.code, done.out) == (0, ""), done.err
    assert [question_id for question_id in missing(done) if question_id in essentials("general")] == []
    wanted = path.read_text(encoding="utf-8")
    created = HandoffFile.read(path)[1].head.created
    assert created is not None
    wanted = wanted.replace(path.name, "again.handoff.toml").replace('status = "final"', 'status = "draft"')
    today = head(tmp_path / "again.handoff.toml")["created"]
    assert today in {before, date.today()}
    wanted = wanted.replace(f"created = {created}", f"created = {today}")
    assert (tmp_path / "again.handoff.toml").read_text(encoding="utf-8") == wanted
    assert not (tmp_path / "again.handoff.md").exists()


def test_the_name_in_the_answers_gives_the_file_where_none_is_said(tmp_path: Path) -> None:
    answers = edited(tmp_path, ('name = "Charging plan payments in Zendesk"', 'name = "../Returns / refunds"'))
    done = run("new", "--answers", str(answers), "--no-input", cwd=tmp_path)
    assert done.code == 0, done.err
    assert head(tmp_path / "returns-refunds.handoff.toml")["name"] == "../Returns / refunds"
    assert done.lines[-1].startswith("Draft written: returns-refunds.handoff.toml (")


def test_a_template_on_the_command_line_wins_over_the_one_of_the_answers(tmp_path: Path) -> None:
    done = run("new", "x", "--template", "general", "--answers", str(PAYMENTS), "--no-input", cwd=tmp_path)
    assert head(tmp_path / "x.handoff.toml")["template"] == "general"
    assert "[[payments.money_actions]]" in (tmp_path / "x.handoff.toml").read_text(encoding="utf-8"), "kept, not asked"
    assert done.code == 2, "a duty that only payments has"
    assert done.lines[0].startswith("ownership.responsibilities.finance_close.duty: “finance_close” is not one of the")


def test_a_partial_answers_file_leaves_the_rest_missing(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('[handoff]\ntemplate = "payments"\nowner = "Māra"\n[business_state]\ncriticality = "delay"\n')
    done = run("new", "x", "--answers", "answers.toml", "--no-input", cwd=tmp_path)
    assert done.code == 2
    assert "business_state.criticality" not in missing(done)
    assert set(essentials("payments")) - set(missing(done)) == {"business_state.criticality"}
    assert head(tmp_path / "x.handoff.toml")["owner"] == "mara"


REFUSED = {
    "a cell": (
        ('fresh_within = "', 'fresh_within = "soon" # "'),
        r"source_of_truth\.critical_fields\.[^.]+\.fresh_within: “soon” is not a length of time\.",
    ),
    "a choice": (
        ('criticality = "money_or_access"', 'criticality = "terrible"'),
        r"business_state\.criticality: “terrible” is not one of the choices\.",
    ),
    "one that is not essential": (
        ("events_per_hour_peak = 2600", 'events_per_hour_peak = "many"'),
        r"business_state\.events_per_hour_peak: “many” is not a whole number\.",
    ),
    "a placeholder": (('join_key = "', 'join_key = "TBD" # "'), r"source_of_truth\.join_key: “TBD” is not an answer\."),
}


@pytest.mark.parametrize(("change", "says"), REFUSED.values(), ids=REFUSED)
def test_an_answer_that_is_refused_is_named_by_its_place_and_the_rest_is_written(
    change: tuple[str, str], says: str, tmp_path: Path
) -> None:
    text = PAYMENTS.read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "answers.toml").write_text(text.replace(*change, 1), encoding="utf-8")
    done = run("new", "x", "--answers", "answers.toml", "--no-input", cwd=tmp_path)
    assert done.code == 2
    assert len([line for line in done.lines if re.match(says, line)]) == 1, done.err
    assert (tmp_path / "x.handoff.toml").exists()


def test_a_wrong_head_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    answers = edited(tmp_path, ('moment = "engineering_to_support"', 'moment = "someday"'))
    done = run("new", "x", "--answers", str(answers), "--no-input", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.lines[0].startswith("handoff-wizard: handoff.moment: “someday” is not one of the choices.")
    assert [path.name for path in tmp_path.iterdir()] == ["answers.toml"]


# -- final -------------------------------------------------------------------------------------------------------


def test_final_writes_both_files_where_no_error_is_left(tmp_path: Path) -> None:
    far = PAYMENTS.read_text(encoding="utf-8")
    answers = tmp_path / "answers.toml"
    # Whatever was due when the example was made is still to come.
    answers.write_text(re.sub(r"^due = 20\d\d", "due = 2999", far, flags=re.MULTILINE), encoding="utf-8")
    done = call("new", "x", "--answers", "answers.toml", "--no-input", "--final", cwd=tmp_path)
    assert (done.code, done.out) == (0, ""), done.err
    assert done.lines[-1].startswith("Final written: x.handoff.toml (")
    assert head(tmp_path / "x.handoff.toml")["status"] == "final"
    assert (tmp_path / "x.handoff.md").read_text(encoding="utf-8").startswith("# Charging plan payments in Zendesk\n")


def test_final_with_an_error_left_stays_a_draft_and_says_which(tmp_path: Path) -> None:
    answers = edited(tmp_path, ('criticality = "money_or_access"\n', ""))
    done = call("new", "x", "--answers", str(answers), "--no-input", "--final", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert any(re.match(r"business_state\.criticality: .* has no answer\. Answer it", line) for line in done.lines)
    assert "It stays a draft." in done.lines
    assert done.lines[-1].startswith("Draft written: x.handoff.toml (")
    assert head(tmp_path / "x.handoff.toml")["status"] == "draft"
    assert not (tmp_path / "x.handoff.md").exists()


def test_final_of_nothing_stays_a_draft(tmp_path: Path) -> None:
    done = run("new", "x", "--no-input", "--final", cwd=tmp_path)
    assert done.code == 2
    assert head(tmp_path / "x.handoff.toml")["status"] == "draft"


# -- a file that exists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("x",), ("x.handoff.toml",), ("x", "--answers", str(PAYMENTS)), ("x", "--final")])
def test_a_handoff_that_exists_is_never_overwritten(words: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_text("mine, whatever it is")
    done = run("new", *words, "--no-input", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.lines == [
        "handoff-wizard: x.handoff.toml: A new handoff never overwrites one. Choose another NAME, or resume it."
    ]
    assert path.read_text() == "mine, whatever it is"
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_name_that_comes_from_the_answers_overwrites_nothing_either(tmp_path: Path) -> None:
    taken = tmp_path / "charging-plan-payments-in-zendesk.handoff.toml"
    taken.write_text("mine")
    done = run("new", "--answers", str(PAYMENTS), "--no-input", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "There is such a file already." in done.err
    assert taken.read_text() == "mine"


def test_a_handoff_may_stand_in_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    run("new", "sub/stripe", "--no-input", cwd=tmp_path)
    assert (tmp_path / "sub" / "stripe.handoff.toml").exists()
