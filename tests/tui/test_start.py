"""Start: the scenario, and the four things at the head of the handoff."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.store.file import HandoffFile
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.widgets.form import Form
from tests.tui.driver import Room, in_room

TEAM = """
format = 1
version = 1
extends = "payments"
title = "Ours [/x] [red]"
about = "About [@click=app.quit]this[/]."
"""


def _app(folder: Path, *, path: Path | None = None, template: str | None = None) -> WizardApp:
    app = WizardApp(folder)
    app.begin_with_start(path=path, template=template, first={}, answers=None)
    return app


async def _fill(room: Room, name: str = "Stripe billing") -> None:
    await room.press(*name, "enter", "2", "enter", *"Māra Bērziņa, Siobhán O'Reilly", "tab", *"billing-platform")


async def test_the_scenarios_are_cards_and_enter_takes_one(tmp_path: Path) -> None:
    async with in_room(_app(tmp_path)) as room:
        cards = room.listed("#cards")
        assert [card.split("\n")[0].partition(":")[0] for card in cards] == [
            "Payments",
            "Identity",
            "Operations",
            "General",
        ]
        assert all(card.split("\n")[1] for card in cards), "each says what it is for"
        await room.press("down", "enter")
        assert "Identity" in room.text("#ask")
        assert room.one("#start-form").display


async def test_the_four_answers_begin_a_handoff_at_its_first_question(tmp_path: Path) -> None:
    async with in_room(_app(tmp_path)) as room:
        await room.press("enter")
        await _fill(room)
        await room.press("enter")
        assert room.screen_name == "InterviewScreen"
        assert room.here == "business_state.journey"
        handoff = HandoffFile.read(tmp_path / "stripe-billing.handoff.toml")[1]
        assert handoff.head.template == "payments"
        assert handoff.head.moment == "engineering_to_support"
        assert handoff.head.owner == "billing-platform"
        assert handoff.head.participants == ("Māra Bērziņa", "Siobhán O'Reilly")
        keys = [row["key"] for row in handoff.rows("parties.people")]
        assert keys == ["mara-berzina", "siobhan-oreilly", "billing-platform"]


async def test_the_mouse_alone_does_it_too(tmp_path: Path) -> None:
    async with in_room(_app(tmp_path)) as room:
        await room.click("#cards", line=0)
        await room.click(room.one("#line-name LineInput"), line=0)
        await room.press(*"Orders")
        await room.click(room.one("#line-moment Options"), line=0)
        await room.click(room.one("#line-owner LineInput"), line=0)
        await room.press(*"ops")
        await room.click("#continue")
        assert room.screen_name == "InterviewScreen"
        assert room.session.handoff.head.moment == "discovery_to_delivery"


async def test_what_is_missing_is_said_at_its_field_and_what_is_typed_stays(tmp_path: Path) -> None:
    async with in_room(_app(tmp_path, template="payments")) as room:
        await room.press(*"Stripe", "ctrl+n")
        assert room.text("#line-moment .form-wrong")
        assert room.text("#line-owner .form-wrong")
        assert not room.text("#line-name .form-wrong")
        assert room.focused_in(type(room.one("#line-moment")))
        assert list(tmp_path.iterdir()) == []


async def test_going_back_to_the_scenarios_keeps_what_is_typed(tmp_path: Path) -> None:
    async with in_room(_app(tmp_path)) as room:
        await room.press("enter")
        await _fill(room)
        await room.press("escape", "down", "enter")
        assert "Identity" in room.text("#ask")
        await room.press("ctrl+n")
        assert room.session.handoff.head.name == "Stripe billing"
        assert room.session.handoff.head.template == "identity"


async def test_a_file_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    taken = tmp_path / "stripe-billing.handoff.toml"
    taken.write_text("# somebody's own")
    async with in_room(_app(tmp_path, template="payments")) as room:
        await _fill(room)
        await room.press("ctrl+n")
        assert room.screen_name == "StartScreen"
        assert "exists" in room.text("#wrong")
        assert taken.read_text() == "# somebody's own"
        await room.click(room.one("#line-name LineInput"), line=0)
        await room.press("end", *" 2", "ctrl+n")
        assert room.screen_name == "InterviewScreen"


async def test_a_name_of_the_command_line_names_the_file_and_not_the_integration(tmp_path: Path) -> None:
    async with in_room(_app(tmp_path, path=tmp_path / "mine.handoff.toml", template="general")) as room:
        await _fill(room)
        await room.press("ctrl+n")
        assert HandoffFile.read(tmp_path / "mine.handoff.toml")[1].head.name == "Stripe billing"


async def test_a_teams_own_template_is_a_card_and_its_words_are_text(tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").mkdir()
    (tmp_path / "handoff-templates" / "ours.toml").write_text(TEAM)
    async with in_room(_app(tmp_path)) as room:
        card = next(card for card in room.listed("#cards") if card.startswith("Ours"))
        assert card.startswith("Ours [/x] [red]\nAbout [@click=app.quit]this[/].")
        assert "Ours [/x] [red]" in room.words


async def test_a_template_that_is_broken_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").mkdir()
    (tmp_path / "handoff-templates" / "ours.toml").write_text(TEAM + "[payments.money_actions]\nkind = 'odd'\n")
    async with in_room(_app(tmp_path)) as room:
        index = next(i for i, card in enumerate(room.listed("#cards")) if card.startswith("Ours"))
        await room.press(*["down"] * index, "enter")
        if room.one("#start-form").display:
            await _fill(room)
            await room.press("ctrl+n")
        assert room.screen_name == "StartScreen"
        assert "ours.toml" in room.text("#wrong") or any("ours.toml" in said for said in room.said)
        assert not list(tmp_path.glob("*.handoff.toml"))


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_both_pages_show_their_buttons_and_the_field_that_is_filled_in(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with in_room(_app(tmp_path), size) as room:
        for selector in ("#ask", "#continue", "#hints .hint"):
            assert room.in_sight(room.app.screen.query(selector).first()), selector
        await room.press("enter")
        await room.press(*"Stripe", "enter", "2", "enter", "tab")
        assert room.app.focused is not None
        for widget in (room.one("#ask"), room.one("#continue"), room.app.focused):
            assert room.in_sight(widget), widget


async def test_prework_asks_only_what_one_person_can_prepare(tmp_path: Path) -> None:
    app = _app(tmp_path, template="payments")
    app.prework = True
    async with in_room(app) as room:
        await _fill(room)
        await room.press("ctrl+n")
        asked = [place.id for place in room.session.interview.route if place.kind == "question"]
        assert asked == [
            "parties.systems",
            "parties.people",
            "ownership.credentials",
            "failure_handling.delivery_paths",
            "alerts.alerts",
        ]
        assert room.here == "parties.systems"


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_help_says_what_to_choose_from_then_what_each_field_is_for_and_keeps_what_is_typed(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with in_room(_app(tmp_path), size) as room:
        await room.press("f1")
        assert room.screen_name == "HelpDialog"
        assert "while another system holds the financial truth" in room.text(".dialog-body Static")
        await room.press("enter", "enter", *"Stripe b", "f1")
        assert "What would an agent call this integration?" in room.text(".dialog-body Static")
        await room.press("escape", *"illing")
        assert room.of(Form).raw["name"] == "Stripe billing"
