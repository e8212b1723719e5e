"""The handoffs below a folder, as home lists them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handoff_tui.store.library import HandoffEntry, entry, find, glance
from tests.store.example import EXAMPLE


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(EXAMPLE, encoding="utf-8")


def found(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in find(folder)]


def test_handoffs_below_a_folder_come_in_a_stable_order(tmp_path: Path) -> None:
    put(tmp_path, "b.handoff.toml", "a/z.handoff.toml", "a/deep/er/y.handoff.toml", "a.handoff.toml", "other.toml")
    assert found(tmp_path) == ["a/deep/er/y.handoff.toml", "a/z.handoff.toml", "a.handoff.toml", "b.handoff.toml"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden/x.handoff.toml",
        ".git/x.handoff.toml",
        ".x.handoff.toml",
        "node_modules/pkg/x.handoff.toml",
        "venv/x.handoff.toml",
        "deep/__pycache__/x.handoff.toml",
        "x.handoff.md",
        "x.handoff.toml.conflict-20261123T101112Z",
    ],
)
def test_what_is_not_ours_is_skipped(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert found(tmp_path) == []


def test_a_virtual_environment_of_any_name_is_skipped(tmp_path: Path) -> None:
    put(tmp_path, "tools/x.handoff.toml", "tools/pyvenv.cfg")
    assert found(tmp_path) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "real/x.handoff.toml")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.handoff.toml").symlink_to(tmp_path / "real" / "x.handoff.toml")
    assert found(tmp_path) == ["real/x.handoff.toml"]


def test_a_folder_that_cannot_be_read_has_no_handoffs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/x.handoff.toml", "b/y.handoff.toml")
    scandir = os.scandir

    def denied(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert found(tmp_path) == ["b/y.handoff.toml"]
    assert list(find(tmp_path / "nothing")) == []


def test_an_entry_tells_name_template_status_and_what_is_left(tmp_path: Path) -> None:
    put(tmp_path, "x.handoff.toml")
    assert entry(tmp_path / "x.handoff.toml") == HandoffEntry(
        tmp_path / "x.handoff.toml",
        "Stripe billing state in Zendesk",
        template="payments",
        status="draft",
        open_points=2,
        stale=1,
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = ", "TOML"),
        ("a = 1\n", "no [handoff]"),
        ("handoff = 3\n", "no [handoff]"),
        ("<<<<<<< ours\n", "unfinished git merge"),
    ],
)
def test_a_broken_file_is_an_entry_with_its_problem(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_text(text)
    assert problem in entry(path).problem
    assert entry(path).name == "x"


def test_an_entry_of_a_file_that_went_away_says_so(tmp_path: Path) -> None:
    assert "no such file" in entry(tmp_path / "x.handoff.toml").problem


def test_a_head_with_odd_values_is_still_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_text("open = 3\nstale = []\nopen_cells = 'x'\n[handoff]\nname = 3\nstatus = []\n")
    assert entry(path) == HandoffEntry(path, "x", template="general", status="draft")


def test_a_glance_says_of_a_file_that_we_wrote_what_reading_it_to_the_end_says() -> None:
    examples = Path(__file__).resolve().parents[2] / "docs" / "examples"
    paths = list(find(examples))
    assert len(paths) == 3
    assert [glance(path) for path in paths] == [entry(path) for path in paths]


def test_a_glance_at_a_broken_head_is_the_problem_that_reading_finds(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_text('format = 1\n[handoff\nname = "x"\n', encoding="utf-8")
    assert glance(path) == entry(path)
    assert glance(path).problem
