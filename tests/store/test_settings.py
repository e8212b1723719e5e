"""A person's own settings: where they lie, and what is said of a file that holds something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.errors import HandoffError
from handoff_tui.store.settings import read_settings, settings_path

VARIABLE = "HANDOFF_WIZARD_SETTINGS"


def test_no_file_is_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_settings() is None
    path = settings_path()
    assert path is not None
    assert (path.parent.name, path.name) == ("handoff-wizard", "settings.toml")


def test_the_file_in_the_folder_of_the_system_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path)
    (tmp_path / "settings.toml").write_text('# mine\n[keys]\n\nreview = "f10"\n')
    settings = read_settings()
    assert settings is not None
    assert dict(settings.keys) == {"review": "f10"}
    assert str(settings.where("keys", "review")) == f"{tmp_path / 'settings.toml'}:4"


def test_an_empty_name_is_no_file_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert read_settings() is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[keys\n", ":1", "cannot be read as TOML"),
        ("\n[colours]\nred = 1\n", ":2:", "“colours” is not a setting"),
        ('keys = "f10"\n', ":1:", "“keys” is not a setting"),
        ("[keys]\na = 1\na = 2\n", ":3", "written twice"),
        (None, ":", "There is no such file"),
    ],
)
def test_what_cannot_be_used_is_told_with_file_and_line(
    text: str | None, line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.toml"
    monkeypatch.setenv(VARIABLE, str(path))
    if text is not None:
        path.write_text(text)
    with pytest.raises(HandoffError) as refused:
        read_settings()
    assert str(refused.value).startswith(f"{path}{line}")
    assert said in str(refused.value)
