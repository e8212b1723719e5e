"""What a text for support says and must not: what only programs read, a promised repair, an action that is none.

Most texts have none of it: plain words are looked for first, and a pattern is not even compiled until one is there.
"""

from __future__ import annotations

import re

from handoff_tui.checks.secrets import card_numbers

__all__ = ["promises_repair", "tells_no_step", "unsafe_in"]


# -- a first action that tells nobody what to do -----------------------------------------------------------------

_NO_STEP = r"(?i)\b(?:investigate|monitor|check\s+logs|and|then)\b"


def tells_no_step(text: str) -> bool:
    """Say whether an action is a single word, or nothing but words such as “investigate and monitor”."""
    return len(_words(text)) < 2 or not _words(re.sub(_NO_STEP, " ", text))


def _words(text: str) -> list[str]:
    return [word for word in text.split() if any(map(str.isalnum, word))]


# -- what only programs and their makers read --------------------------------------------------------------------

_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_REPORT = "a line of a program's error report"
# A kind in words, what a text of it has at least, and its pattern, all in small letters.
_UNSAFE: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (_REPORT, ("traceback",), r"\btraceback\b"),
    (_REPORT, ("(",), r"at(?<!\wat)\s{1,4}[\w$.<>/@]{1,200}\.[\w$<>]{1,100}\s?\([^()\s]{1,200}:\d{1,7}\)"),
    (
        "an address inside our network",
        ("localhost", "10.", "127.", "172.", "192.168.", "::1", "fc", "fd"),
        r"(?<![\w-])localhost(?![\w-])"
        rf"|(?<![\w.])(?:(?:10|127)\.{_BYTE}|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.{_BYTE}){{2}}(?!\w|\.\w)"
        r"|(?<![\w:.])(?:::1|f[cd][0-9a-f]{2}(?::[0-9a-f]{0,4}){2,7})(?![\w:]|\.\w)",
    ),
    (
        "the name of a server inside our network",
        (".internal", ".local", ".lan", ".corp", ".svc"),
        r"(?<![\w-])(?:[\w-]{1,63}\.){1,9}(?:internal|local|lan|corp|svc)(?![\w-]|\.\w)",
    ),
)
# As their makers write them, capitals and all: “Akiane” is a name.
_TOKENS = ("sk_live_", "whsec_", "shpat_", "ghp_", "AKIA", "xoxb-", "-----BEGIN")
_TOKEN = rf"(?<!\w)(?:{'|'.join(_TOKENS)})"


def unsafe_in(text: str) -> list[str]:
    """Return what a text shows that support must never see, each kind in words: `an address inside our network`."""
    lowered = text.lower()
    kinds = [
        kind
        for kind, least, pattern in _UNSAFE
        if any(part in lowered for part in least) and re.search(pattern, lowered)
    ]
    if any(token in text for token in _TOKENS) and re.search(_TOKEN, text):
        kinds.append("a key or token")
    if any(card_numbers(text)):
        kinds.append("a card number")
    return list(dict.fromkeys(kinds))


# -- a repair with a time to it ----------------------------------------------------------------------------------

_REPAIRS = ("fixed", "resolved", "restored", "sorted", "normal", "arrive")
_REPAIRED = r"(?i)\b(?:fixed|resolved|restored|sorted|back\s+to\s+normal|arrives?)\b"
_TELLING = (
    r"(?i)\b(?:updat(?:e|es|ed|ing)|writ(?:e|es|ing)|wrote|hear(?:s|d|ing)?"
    r"|let(?:ting)?\s+you\s+know|keep(?:ing)?\s+you\s+(?:posted|informed))\b"
)
_COUNT = (
    r"(?:\d{1,4}(?:[.,]\d{1,2})?\s?|(?:half\s+an|a\s+few|a\s+couple\s+of|an?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+)"
)
_SPAN = (
    rf"{_COUNT}(?:(?:[-–]|to|or)\s?{_COUNT})?(?:and\s+a\s+half\s+)?(?:(?:working|business)\s+)?"
    r"(?:minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_CLOCK = r"(?:\d{1,2}:\d\d|\d{1,2}(?:[.:]\d\d)?\s?[ap]m|(?:\d{1,2}|[a-z]{3,6})\s?o'clock|noon|midday|midnight)"
_TIME = (
    rf"(?i)\b(?:(?:within|in)\s+(?:(?:about|around|under|less\s+than|at\s+most|the\s+next)\s+)?{_SPAN}"
    r"|(?:within|in)\s+the\s+next\s+(?:hour|day|week)|within\s+the\s+(?:hour|day|week)"
    rf"|(?:by|at|before)\s+(?:(?:about|around|next|this)\s+)?(?:{_CLOCK}|{_WEEKDAY})"
    rf"|(?:by|at|before)\s+(?:the\s+)?end\s+of\s+(?:(?:the|this|next)\s+)?(?:day|week|{_WEEKDAY})"
    r"|today(?!'s)|tonight(?!'s)|tomorrow(?!'s))\b"
)
# “by 4 p.m.” ends no sentence where a small letter follows.
_P_M = r"\b([AaPp])\.\s?[Mm](?:\.(?=\s+[a-z]))?(?!\w)"
_SENTENCE_END = r"[.!?…][\"'”)]{0,3}(?:\s|$)|[;\n]"
_CLAUSE_END = r"(?i)(,(?!\d)|—|\s[–-]{1,3}\s|\s(?:and|but)\s|[()])"


def promises_repair(text: str) -> bool:
    """Say whether a sentence joins a repair to a time, its clauses about writing again left out."""
    lowered = text.lower()
    if not any(word in lowered for word in _REPAIRS):
        return False
    plain = re.sub(_P_M, r"\1m", text.replace("’", "'").replace("\N{NO-BREAK SPACE}", " "))
    for sentence in re.split(_SENTENCE_END, plain):
        rest = "".join(part for part in re.split(_CLAUSE_END, sentence) if not re.search(_TELLING, part))
        if re.search(_REPAIRED, rest) and re.search(_TIME, rest):
            return True
    return False
