"""The border of the model: every text that enters an answer is normalised here, once.

What a terminal, a paste and a text area do to line ends and control characters differs (`robustness.md`, "Text
entry"); after `clean` they are one thing, so that what was saved is what is shown is what is loaded again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = [
    "MAX_TEXT",
    "brief",
    "clean",
    "clean_line",
    "fold",
    "is_placeholder",
    "key_from",
    "labelled",
    "log_line",
    "mentions",
    "one_line",
    "plural",
    "room_left",
    "sentences",
    "short",
    "visible",
    "with_article",
    "without_controls",
]

MAX_TEXT = 20_000
"""Characters of one answer; a text area stays quick up to here."""

_NEAR = 2_000
"""Characters before that limit from which on it is told."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# C0 and C1 controls but for tab and newline, and the bidirectional overrides and isolates that reorder what others
# read. ZWJ, ZWNJ, LRM and RLM stay: people's names and emoji need them.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# The look-behind lets a match begin only where a run of blanks does: without it a long run costs quadratic time.
_TRAILING = re.compile(r"(?<![^\S\n])[^\S\n]+(?=\n|\Z)")
# Latin letters that Unicode does not take apart into a plain one and an accent.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def clean(text: str) -> str:
    """Return a text of several lines in normal form; `clean(clean(x)) == clean(x)`."""
    if text.isprintable() and not text.endswith(" "):
        return text  # one line, no control, format or odd blank in it: most texts
    text = _TRAILING.sub("", without_controls(text))
    return text.strip("\n")


def without_controls(text: str) -> str:
    """Return text with one kind of line end and no control characters; its blanks stay: somebody may be typing."""
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def clean_line(text: str) -> str:
    """Return a one-line text in normal form; line ends that are left inside it stay, for the kind to refuse."""
    return clean(text).strip()


def visible(text: str) -> str:
    """Return text that is safe to show: control and bidi characters as visible symbols.

    For text that did not pass `clean`: file names, keys of a file, a value written by hand.
    """

    def symbol(found: re.Match[str]) -> str:
        code = ord(found[0])
        return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"

    return re.sub(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", symbol, text
    )


def one_line(text: str) -> str:
    """Return text as one line that is safe to show; what would break the line is a visible symbol."""
    return visible(text).replace("\n", "\N{SYMBOL FOR LINE FEED}").replace("\t", " ")


def log_line(text: str) -> str:
    """Return text as a line of its own, in which neither a terminal nor the log of a build sees a command.

    GitHub runs what stands behind `::` at the beginning of a line, and what stands behind `##[` anywhere in it.
    """
    return re.sub(r"^(\s*):(?=:)", r"\1: ", one_line(text)).replace("##[", "## [")


def brief(text: str, most: int = 400) -> str:
    """Return text for a message: of a very long one its beginning and its end, and how much is not shown."""
    left = len(text) - most
    return text if left <= 0 else f"{text[: most * 3 // 4]}… ({left:,} characters) …{text[-(most // 4) :]}"


def short(text: str, width: int = 80) -> str:
    """Return text on one line, cut where it is longer than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def fold(text: str) -> str:
    """Return text as it is compared: case, spaces, `_` and `-` do not count."""
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def mentions(text: str, names: Iterable[str]) -> bool:
    """Say whether a sentence has one of these names in it, as a word of its own; one without a letter as it stands."""
    folded = fold(text)
    return any(
        re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded) if (wanted := fold(name)) else name and name in text
        for name in names
    )


_SENTENCE_ENDS = re.compile(r"[.!?…]+[\"'”’)\]]*\s+|[。！？]+[」』”]*\s*|\n+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, word for word, to quote from it; rather two in one than half a one.

    What stands before a small letter or a digit, or after an abbreviation with a dot in it (`e.g.`), is no end.
    """
    found, begin = [], 0
    for end in _SENTENCE_ENDS.finditer(text):
        last = text[begin : end.start()].split()[-1:]
        after = text[end.end() : end.end() + 1]
        goes_on = after.islower() or after.isdigit() or (last and re.fullmatch(r"\W*(\w|\w+\.\w+)", last[0]))
        if "\n" in end[0] or not goes_on:
            found.append(text[begin : end.end()].strip())
            begin = end.end()
    return [each for each in (*found, text[begin:].strip()) if each]


def key_from(text: str, *, joint: str = "-") -> str:
    """Return a short key for a name: `Siobhán O'Reilly` gives `siobhan-oreilly`.

    A name without a Latin letter keeps its own letters, for a key must never be empty.
    """
    lower = text.casefold()
    plain = unicodedata.normalize("NFKD", lower.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    source = plain if re.search(r"[a-z]", plain) else lower
    # A mark is part of the letter before it: Hindi and Thai vowels are no `\w`.
    bare = re.sub("['’`]", "", source)
    letters = (char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in bare)
    return joint.join("".join(letters).split()) or "unnamed"


def room_left(text: str) -> str:
    """Return how much more may be typed, in words; empty as long as that is no matter."""
    left = MAX_TEXT - len(text)
    if left > _NEAR:
        return ""
    if left >= 0:
        return f"Room for {left:,} more characters: {MAX_TEXT:,} is the limit of one answer."
    many = f"{-left:,} character{'s' * (left != -1)} too many"
    return f"{many}: {MAX_TEXT:,} is the limit of one answer. Nothing is cut off; shorten it."


_PLACEHOLDERS = {"tbd", "n/a", "none", "?", "same"}
_CELL_PLACEHOLDERS = {"tbd", "?"}


def is_placeholder(text: str, *, cell: bool = False) -> bool:
    """Say whether text only stands where an answer should be (rule `placeholder-answer` of the findings)."""
    word = text.strip().casefold().removesuffix(".")
    return word in (_CELL_PLACEHOLDERS if cell else _PLACEHOLDERS)


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `1 row`, `2 rows`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def with_article(noun: str) -> str:
    """Return `a row`, `an alert`."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def labelled(label: str, said: str) -> str:
    """Return what something is called and what it says; after a question no colon: `Can it change? settled`."""
    return f"{label} {said}" if label.endswith("?") else f"{label}: {said}"
