"""Finds templates by name, lays each over the one it extends, and names file and key of every mistake."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handoff_tui.catalog.review import review
from handoff_tui.catalog.shape import build
from handoff_tui.core.overlay import Mistake, overlay
from handoff_tui.core.template import Template
from handoff_tui.core.text import brief, one_line
from handoff_tui.errors import FileError, TemplateError, Where
from handoff_tui.resources import bundled_templates
from handoff_tui.tomlfile import Entry, TomlFile, outline, read_toml

__all__ = ["GENERAL", "Catalog", "TemplateCard"]

GENERAL = "general"
"""The name under which base.toml alone is offered."""
_BASE = "base"
_FOLDER = "handoff-templates"
_DEEPEST = 8
_MOST = 100
"""Mistakes of one template that are named; whoever mended those finds the rest."""


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """What the start screen says of a template before it is loaded."""

    id: str
    title: str
    about: str
    path: Path
    bundled: bool


class Catalog:
    """The templates that a handoff at a given place can use: the bundled ones and the team's own."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = (*folders, bundled_templates())
        self._loaded: dict[str, Template] = {}
        self._files: dict[Path, TomlFile] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where it looks, in this order; two catalogs with the same folders offer the same templates."""
        return self._folders

    @classmethod
    def beside(cls, place: Path, extra: Path | None = None) -> Catalog:
        """Return the catalog for a handoff in a folder: `extra` first, then `handoff-templates/` there or above.

        The search goes up to the root of the git checkout, and no further.

        Raises:
            TemplateError: `extra` is not a folder.
        """
        folders: list[Path] = []
        if extra is not None:
            if not extra.is_dir():
                raise TemplateError(
                    "There is no such folder of templates.", hint="Check --templates.", where=Where(extra)
                )
            folders.append(extra)
        folder = Path(os.path.realpath(place))  # `resolve` raises on links that lead in a circle
        for above in (folder, *folder.parents):
            if (above / _FOLDER).is_dir():
                folders.append(above / _FOLDER)
            if (above / ".git").exists():
                break
        return cls(folders)

    def cards(self) -> list[TemplateCard]:
        """Return every template on offer: the scenarios, the team's own, and `general` last."""
        found: dict[str, TemplateCard] = {}
        for folder in reversed(self._folders):
            for path in sorted(folder.glob("*.toml")):
                name = GENERAL if path.stem == _BASE else path.stem
                found[name] = _card(name, path, bundled=folder == self._folders[-1])
        order = ["payments", "identity", "operations"]
        return sorted(
            found.values(),
            key=lambda card: (card.id == GENERAL, order.index(card.id) if card.id in order else len(order), card.id),
        )

    def names(self) -> list[str]:
        """Return the names of all templates on offer."""
        return [card.id for card in self.cards()]

    def load(self, name: str) -> Template:
        """Return a template by name.

        Raises:
            TemplateError: There is none, or it has a mistake; the message names the first, and how many more.
        """
        if name not in self._loaded:
            result = self.examine(name)
            if isinstance(result, list):
                more = f" ({len(result) - 1} more: handoff-wizard templates check {name})" if len(result) > 1 else ""
                first = result[0]
                raise TemplateError(first.message, hint=first.hint + more, where=first.where)
            self._loaded[name] = result
        return self._loaded[name]

    def named(self, name: str) -> Template:
        """Return the template that a handoff names. A path is no name: a file must not make us read any other.

        Raises:
            TemplateError: There is none, or it has a mistake.
        """
        if name.endswith(".toml"):
            raise self._unknown(name)
        return self.load(name)

    def examine(self, name: str) -> Template | list[TemplateError]:
        """Return a template by name or by path, or everything that is wrong with it."""
        try:
            layers = self._layers(name)
        except TemplateError as error:
            return [error]
        except FileError as error:
            return [TemplateError(error.message, hint=error.hint, where=error.where)]
        merged = dict(layers[0].data)
        mistakes: list[Mistake] = []
        for layer in layers[1:]:
            merged, wrong = overlay(merged, layer.data)
            if wrong:
                return _all_blamed([layer], wrong)
        lineage = tuple(_name_of(layer.path) for layer in layers)
        built = build(merged, lineage[-1], lineage)
        mistakes = built if isinstance(built, list) else review(built)
        return _all_blamed(layers, mistakes) or built  # type: ignore[return-value]

    def blame(self, name: str, mistake: Mistake) -> TemplateError:
        """Return a mistake that somebody else found in a template that loads, with its file and line."""
        return _blame(self._layers(name), mistake)

    def _layers(self, name: str) -> list[TomlFile]:
        """Return the files of a template and of all it extends, the base first."""
        layers: list[TomlFile] = []
        path = self._find(name, None)
        while True:
            layer = self._read(path)
            chain = [item.path for item in layers]
            if path in chain or len(layers) >= _DEEPEST:
                circle = " → ".join(_name_of(item) for item in (*chain, path))
                raise TemplateError(
                    f"The templates extend one another in a circle: {circle}.",
                    hint="Let one of them extend base.",
                    where=_where(layer, ("extends",)),
                )
            layers.append(layer)
            if "extends" not in layer.data:
                break
            path = self._find(layer.data["extends"], layer)
        return layers[::-1]

    def _read(self, path: Path) -> TomlFile:
        """Read a file once: every scenario extends the same base, whose 40 KB take longer than many a check."""
        if path not in self._files:
            self._files[path] = read_toml(path)
        return self._files[path]

    def _find(self, name: object, asked_by: TomlFile | None) -> Path:
        where = _where(asked_by, ("extends",)) if asked_by else None
        if isinstance(name, str) and asked_by is None and name.endswith(".toml"):
            return Path(name)
        stem = _BASE if name == GENERAL else name
        if isinstance(stem, str) and stem and "/" not in stem and "\\" not in stem and not stem.startswith("."):
            folders: Iterable[Path] = self._folders
            if asked_by:
                folders = (asked_by.path.parent, *self._folders)
            for folder in folders:
                path = folder / f"{stem}.toml"
                # A team's payments.toml may extend the bundled payments.
                found = os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for a name that is too long
                if found and not (asked_by and path.resolve() == asked_by.path.resolve()):
                    return path
        raise self._unknown(str(name), where)

    def _unknown(self, name: str, where: Where | None = None) -> TemplateError:
        names = ", ".join(map(one_line, self.names()))
        return TemplateError(
            f"There is no template called “{brief(one_line(name))}”.", hint=f"Use one of {names}.", where=where
        )


def _card(name: str, path: Path, *, bundled: bool) -> TemplateCard:
    try:
        data = read_toml(path).data
    except FileError:
        return TemplateCard(name, name, "This template cannot be read: run `templates check`.", path, bundled)
    title, about = data.get("title"), data.get("about")
    return TemplateCard(
        name,
        one_line(title) if isinstance(title, str) else name,
        one_line(about) if isinstance(about, str) else "",
        path,
        bundled,
    )


def _name_of(path: Path) -> str:
    return GENERAL if path.stem == _BASE else path.stem


def _all_blamed(layers: Sequence[TomlFile], mistakes: Sequence[Mistake]) -> list[TemplateError]:
    told = [_blame(layers, mistake) for mistake in mistakes[:_MOST]]
    if len(mistakes) > _MOST:
        hint = f"Mend the first {_MOST}, then check again."
        told.append(TemplateError("There are more mistakes.", hint=hint, where=Where(layers[-1].path)))
    return told


def _blame(layers: Sequence[TomlFile], mistake: Mistake) -> TemplateError:
    """Name the file in which the key of a mistake stands; the uppermost one that has it."""

    def depth(layer: TomlFile) -> int:
        node: object = layer.data
        for count, part in enumerate(mistake.path):
            if not isinstance(node, dict) or part not in node:
                return count
            node = node[part]
        return len(mistake.path)

    guilty = max(reversed(layers), key=depth)
    key, message = brief(one_line(".".join(mistake.path))), brief(one_line(mistake.message))
    fix = brief(one_line(mistake.fix), 1000)  # it may list what there is to choose from
    return TemplateError(
        f"{key}: {message}.",
        hint=f"{fix[:1].upper()}{fix[1:].rstrip('.')}{'' if fix.endswith('?') else '.'}",
        where=_where(guilty, mistake.path),
    )


def _where(layer: TomlFile, path: Sequence[str]) -> Where:
    lines = _lines(layer.text)
    line = next((lines[tuple(path[:end])] for end in range(len(path), 0, -1) if tuple(path[:end]) in lines), None)
    return Where(layer.path, line)


@lru_cache(maxsize=_DEEPEST)
def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the first line of each key and of all it begins with: `[extra.one]` begins the section `extra` too."""
    found: dict[tuple[str | int, ...], int] = {}
    for item in outline(text):
        if isinstance(item, Entry):
            for end in range(1, len(item.path) + 1):
                found.setdefault(item.path[:end], item.line)
    return found
