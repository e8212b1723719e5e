"""Where templates are found: the bundled ones, a team's own beside or above the handoff, and --templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.catalog.starter import starter
from handoff_tui.core.template import Template
from handoff_tui.errors import TemplateError
from tests.core.making import bundled

HEAD = 'format = 1\nversion = 7\nextends = "{}"\ntitle = "{}"\nabout = "For us."\n'
MORE = '\n[business_state.journey]\nadds = "Which of our products?"\n'


def write(folder: Path, name: str, *, extends: str = "base", title: str = "Ours", more: str = MORE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(HEAD.format(extends, title) + more, encoding="utf-8")
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A git checkout inside a folder that has templates of its own, which are none of its business."""
    write(tmp_path / "handoff-templates", "outside")
    root = tmp_path / "repo"
    (root / ".git").mkdir(parents=True)
    (root / "billing" / "stripe").mkdir(parents=True)
    return root


@pytest.mark.parametrize("where", ["billing/stripe", "billing", "."])
def test_a_teams_templates_lie_beside_or_above_the_handoff(checkout: Path, where: str) -> None:
    write(checkout / where / "handoff-templates", "ours")
    template = Catalog.beside(checkout / "billing" / "stripe").load("ours")
    assert template.by_id["business_state.journey"].adds == (("Ours", "Which of our products?"),)
    assert template.version == 7


def test_the_search_ends_at_the_root_of_the_checkout(checkout: Path) -> None:
    with pytest.raises(TemplateError, match="no template called “outside”"):
        Catalog.beside(checkout / "billing").load("outside")


def test_a_worktree_whose_git_is_a_file_is_a_root_too(tmp_path: Path) -> None:
    write(tmp_path / "handoff-templates", "outside")
    root = tmp_path / "worktree"
    root.mkdir()
    (root / ".git").write_text("gitdir: elsewhere\n")
    assert "outside" not in Catalog.beside(root).names()


def test_the_nearest_folder_wins_and_the_named_one_wins_over_all(checkout: Path, tmp_path: Path) -> None:
    write(checkout / "handoff-templates", "ours", title="Above")
    write(checkout / "billing" / "handoff-templates", "ours", title="Beside")
    named = tmp_path / "named"
    write(named, "ours", title="Named")
    assert Catalog.beside(checkout).load("ours").title == "Above"
    assert Catalog.beside(checkout / "billing").load("ours").title == "Beside"
    assert Catalog.beside(checkout / "billing", named).load("ours").title == "Named"
    assert [card.title for card in Catalog.beside(checkout / "billing", named).cards() if card.id == "ours"] == [
        "Named"
    ]


def test_a_named_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="--templates") as caught:
        Catalog.beside(tmp_path, tmp_path / "nothing")
    assert str(tmp_path / "nothing") in str(caught.value)


def test_a_teams_template_stands_between_the_scenarios_and_general(checkout: Path) -> None:
    write(checkout / "handoff-templates", "ours")
    cards = Catalog.beside(checkout).cards()
    assert [card.id for card in cards] == ["payments", "identity", "operations", "ours", "general"]
    assert [card.bundled for card in cards] == [True, True, True, False, True]


def test_a_broken_template_is_on_the_list_and_says_how_to_look_at_it(checkout: Path) -> None:
    path = write(checkout / "handoff-templates", "ours")
    path.write_text("format = = 1")
    card = next(card for card in Catalog.beside(checkout).cards() if card.id == "ours")
    assert "templates check" in card.about


def test_a_template_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(TemplateError) as caught:
        Catalog().load("paiments")
    assert "payments, identity, operations, general" in caught.value.hint


@pytest.mark.parametrize("name", ["../payments", "..", "", "/etc/passwd", "a\\b", ".hidden"])
def test_a_name_does_not_lead_out_of_the_folders(name: str) -> None:
    with pytest.raises(TemplateError, match="There is no template"):
        Catalog().load(name)


def test_a_template_is_loaded_once(catalog: Catalog) -> None:
    assert catalog.load("payments") is catalog.load("payments")


# -- extending ---------------------------------------------------------------------------------------------------


def test_a_teams_payments_extends_the_bundled_payments(checkout: Path) -> None:
    write(checkout / "handoff-templates", "payments", extends="payments")
    template = Catalog.beside(checkout).load("payments")
    assert template.lineage == ("general", "payments", "payments")
    assert [title for title, _ in template.by_id["business_state.journey"].adds] == ["Payments", "Ours"]
    assert set(bundled("payments").by_id) == set(template.by_id)


def test_a_team_template_may_be_checked_by_its_path(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(checkout / "handoff-templates", "payments", extends="payments")
    monkeypatch.chdir(checkout)
    result = Catalog.beside(checkout).examine("handoff-templates/payments.toml")
    assert isinstance(result, Template), [str(error) for error in result]


def test_a_template_finds_what_it_extends_in_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, "below", extends="payments", title="Below")
    path = write(tmp_path, "ours", extends="below")
    result = Catalog().examine(str(path))
    assert isinstance(result, Template), [str(error) for error in result]
    assert result.lineage == ("general", "payments", "below", "ours")


def test_a_missing_template_below_is_named_at_the_line_that_asks_for_it(tmp_path: Path) -> None:
    write(tmp_path, "ours", extends="paiments")
    with pytest.raises(TemplateError, match="no template called “paiments”") as caught:
        Catalog([tmp_path]).load("ours")
    assert str(caught.value.where) == f"{tmp_path / 'ours.toml'}:3"


def test_templates_that_extend_one_another_are_a_circle_that_is_shown(tmp_path: Path) -> None:
    write(tmp_path, "one", extends="two")
    write(tmp_path, "two", extends="one")
    with pytest.raises(TemplateError, match="circle: one → two → one") as caught:
        Catalog([tmp_path]).load("one")
    assert caught.value.where is not None
    assert caught.value.where.line == 3
    assert "base" in caught.value.hint


def test_a_template_that_extends_itself_finds_nothing_below(tmp_path: Path) -> None:
    write(tmp_path, "one", extends="one")
    with pytest.raises(TemplateError, match="no template called “one”"):
        Catalog([tmp_path]).load("one")


def test_a_mistake_in_a_template_below_is_blamed_on_its_own_file(tmp_path: Path) -> None:
    bad = write(tmp_path, "below", more='\n[business_state.journey]\ncolour = "x"\n')
    write(tmp_path, "ours", extends="below")
    with pytest.raises(TemplateError, match=r"business_state\.journey\.colour") as caught:
        Catalog([tmp_path]).load("ours")
    assert str(caught.value.where) == f"{bad}:8"


def test_the_starter_of_a_teams_template_loads_as_it_stands(tmp_path: Path) -> None:
    for below in ("general", "payments"):
        (tmp_path / "our-own.toml").write_text(starter(bundled(below), "our-own"), encoding="utf-8")
        result = Catalog([tmp_path]).examine("our-own")
        assert isinstance(result, Template), [str(error) for error in result]
        assert result.title == "Our own"
        assert set(result.by_id) - set(bundled(below).by_id) == {"close.our_check"}
