"""Tokens, keys, passwords and card numbers in a text: where they stand and what they are, never their value.

A handoff is copied, mailed and printed, so that a secret in it is leaked. Most texts hold none, and `check` reads a
thousand of them: the long words are picked out first at the speed of C, and only what could be a secret is looked at.
Every quantifier has a bound and every pattern a definite beginning, so that no text takes longer than its length asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Secret", "card_numbers", "secrets_in"]


class Secret(NamedTuple):
    """What stands in `text[start:end]`, in words; the value itself is not kept, so that nothing can print it."""

    kind: str
    start: int
    end: int


def _form(kind: str, anchors: str, pattern: str) -> tuple[str, tuple[str, ...], str]:
    """A secret known by how it begins: without an anchor no need to compile the pattern, whose group 1 is random."""
    # A letter or digit before it makes it the middle of something else: "task-…" is no "sk-…".
    return kind, tuple(anchors.split()), "(?a)(?<![A-Za-z0-9])" + pattern


# Prefixes and lengths as the vendors document them; open above, because they announce longer ones now and then.
_FORMS = (
    _form("a Stripe live key", "sk_live_ rk_live_", r"[sr]k_live_([A-Za-z0-9]{16,255})"),
    _form("a Stripe test key", "sk_test_ rk_test_", r"[sr]k_test_([A-Za-z0-9]{16,255})"),
    _form("a webhook signing secret", "whsec_", r"whsec_([A-Za-z0-9+/=]{16,255})"),
    # Stateless `ghs_` tokens (2026) hold dots, hyphens and about 520 characters.
    _form("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", r"g(?:h[pousr]|ithub_pat)_([\w.-]{30,1024})"),
    _form("a GitLab token", "glpat- gldt- glrt- glptt- glcbt-", r"gl(?:pat|dt|rt|ptt|cbt)-([A-Za-z0-9._-]{20,512})"),
    _form("a Slack token", "xox xapp-", r"x(?:ox(?:e\.xox)?[abceoprs]|app)-([A-Za-z0-9-]{12,512})"),
    _form("a Slack webhook address", "hooks.slack.com/", r"hooks\.slack\.com/[a-z]{5,20}/([A-Za-z0-9/_-]{20,255})"),
    _form("an AWS access key", "AKIA ASIA ABIA", r"A(?:KI|SI|BI)A([A-Z0-9]{16})(?![A-Za-z0-9])"),
    _form("a Google key", "AIza", r"AIza([A-Za-z0-9_-]{35})"),
    _form("a Google sign-in token", "ya29. GOCSPX-", r"(?:ya29\.|GOCSPX-)([A-Za-z0-9_-]{20,2048})"),
    _form("an Anthropic key", "sk-ant-", r"sk-ant-([A-Za-z0-9_-]{20,255})"),
    _form("an OpenAI key", "sk-", r"sk-((?:proj|svcacct|admin|or-v1)-[A-Za-z0-9_-]{20,255}|[A-Za-z0-9]{20,255})"),
    _form("a Shopify token", "shp", r"shp[a-z]{2,4}_([A-Za-z0-9]{32,64})"),
    _form("a Twilio key", "SK", r"SK([0-9a-f]{32})(?![A-Za-z0-9])"),
    _form("a SendGrid key", "SG.", r"SG\.([A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64})"),
    _form("an npm token", "npm_", r"npm_([A-Za-z0-9]{36})"),
    _form("an Atlassian token", "ATATT3 ATCTT3", r"AT[AC]TT3([A-Za-z0-9_=-]{40,512})"),
    _form("a HubSpot token", "pat-na pat-eu", r"pat-(?:na|eu)[0-9]-([0-9a-fA-F-]{36})"),
    # Three base64 parts; the first two are JSON, and `{"` is always `eyJ`.
    _form("a sign-in token (JWT)", "eyJ", r"(?<![._-])(eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.[\w-]{16,2048})"),
    # The address of an account, then the token: how Zendesk's API wants its user name.
    _form("a Zendesk API token", "/token:", r"(?<=/token:)([A-Za-z0-9]{36,64})(?![A-Za-z0-9])"),
)
_PRIVATE_KEY = re.compile(r"-{5}BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[^-]{0,6}-{5}(?:[^-]{0,9999}-{5}END [A-Z ]{0,40}-{5})?")
# Not `<password>`, `${PASSWORD}`, `{{password}}`, `%s`, `***`, `…` or `xxx`, which stand for what is left out.
_URL_PASSWORD = re.compile(r"://[^\s/?#:@<>]{0,100}:(?![<$%{*.…\[]|[xX]{3})([^\s/?#@<>]{1,200})@[\w\[]")
# AWS and Zendesk make 40 characters without a prefix: only the words around tell them from anything else.
_FORTY = re.compile(r"(?<![A-Za-z0-9/+._-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])")
_AWS_NAME = re.compile(r"aws|secret.?access.?key")

# A name such as `client_secret` or "API key" tells by its last word what its value is.
_PASSWORDS = ("password", "passwd", "pwd", "passphrase", "passwort", "kennwort", "contraseña", "mot de passe", "senha")
_HEADERS = ("bearer", "basic")
_NAMES = (
    {"secret": "a secret", "token": "a token", "key": "a key"}
    | dict.fromkeys(_PASSWORDS, "a password")
    | dict.fromkeys(_HEADERS, "a key in an Authorization header")
)
_SECRET_KEYS = ("api", "access", "secret", "private", "signing", "account", "encryption", "auth")
_HARMLESS_TOKENS = ("page", "cursor", "sync", "continuation", "idempotency")
# `"name": "value"`, **Name:** value, "the token for the sandbox is value"; a header's value follows a blank.
_IS = re.compile(
    r"""["'`*\])]{0,3}(?:[ ](?:for|of|in|on|to)(?:[ ][\w./-]{1,30}){1,4})?["'`*)]{0,2}"""
    r"""\s{0,3}(?:=>|:=|[:=：|]|\bis\b)[\s"'`*(\[|“„‘«]{0,5}"""
)
_BLANK = re.compile(r"[ \t]{1,3}")
_PASSWORD = re.compile(r"[!#-&(-;=?-_a-~]{12,256}")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=:%!@#$^*?-]{12,256}")
# Where it is kept (`vault:billing/zendesk`, `arn:…`, an address), what belongs there (`$TOKEN`), or may be public.
_NO_VALUE = re.compile(
    r"[a-z][a-z0-9+.-]{1,30}:|[$%][a-z{(]|[{\[*]|pk_(?:live|test)_"
    r"|.{0,200}(?:x{4}|\*{3}|\.{3}|example|change.?me|placeholder|redacted|your[_-]|vault|1password)",
    re.IGNORECASE,
)
_CAPITAL_OR_DIGIT = re.compile(r"[A-Z0-9]")
"""Nothing random is without one."""
_LETTER_BESIDE_DIGIT = re.compile(r"[0-9](?:(?<=[A-Za-z][0-9])|(?=[A-Za-z]))")

# Shapes of bytes: blanks, and "?" for what is no ASCII character, separate words; a digit is a 0.
_TO_WORDS = bytes(0x78 if 0x21 <= byte <= 0x7E and byte != 0x3F else 0x20 for byte in range(256))
_TO_DIGITS = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x78 for byte in range(256))
_SHORTEST_WORD = 12

_SHORTEST_CARD = 13
_DIGIT_RUN = re.compile(r"[0-9](?:[ -]?[0-9]){12,59}+")
_GROUP = re.compile(r"[0-9]{1,60}")
# How cards are printed, so that a date or a code behind the number does not hide it: most, Diners, American Express.
_PRINTED = ([4, 4, 4, 4], [4, 6, 4], [4, 6, 5])
# No issuer's numbers start with 20, but dates and times written as one number do.
_CARD = re.compile(r"(?!20)[2-6]\d{12,18}")
# Issuers and lengths: Visa (no longer 13), Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro (not
# its 12 to 15, which many a shop's order number has), Mir.
_ISSUED = re.compile(
    r"4(?:\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]\d|095|[689]\d\d)\d{10}(?:\d\d)?|(?:6011|64[4-9]\d|65\d\d|35(?:2[89]|[3-8]\d))\d{12}(?:\d{3})?"
    r"|62\d{14,17}|(?:50(?:18|20|38)|5893|6304|67(?:59|6[1-3]))\d{12,15}|220[0-4]\d{12}"
)
_PART_OF_MORE = re.compile(r"[0-9A-Za-z_]|[.,][0-9]")
# Before a number: more of it, the first parts of a UUID or of an account number (IBAN).
_LEADS_ON = re.compile(r"(?:[0-9A-Za-z_]|[0-9][.,]|[0-9a-f]{4}-|\b[A-Z]{2}[0-9]{2} ?(?:[A-Z]{4} ?)?)\Z")
_HOST = re.compile(r"://|www\.|[A-Za-z0-9]\.[A-Za-z]{2,20}(?::[0-9]{1,5})?/")


def secrets_in(text: str) -> Iterator[Secret]:
    """Yield every token, key, password and card number in a text, in the order they stand, none over another."""
    if len(text) < _SHORTEST_WORD:
        return
    found = [Secret("a card number", *span) for span in _numbers(text, _ISSUED)]
    if "-----BEGIN " in text:
        found += [Secret("a private key", *match.span()) for match in _PRIVATE_KEY.finditer(text)]
    if "://" in text and "@" in text:
        found += [Secret("a password in an address", *match.span(1)) for match in _URL_PASSWORD.finditer(text)]
    words = [word for word in _long_words(text) if _CAPITAL_OR_DIGIT.search(word)]
    found += _by_prefix(text, " ".join(words)) if words else ()
    if any(_could_be_random(word) for word in words if _LETTER_BESIDE_DIGIT.search(word)):
        # Only İ changes its length in small letters, and would shift what follows.
        lowered = text.replace("\u0130", "I").lower()
        found += _by_shape(text, lowered) if any(map(_FORTY.search, words)) else ()
        found += _by_name(text, lowered)
    end = 0
    # The sort is stable: of two at one place, the better known one was found first.
    for secret in sorted(found, key=lambda secret: secret.start):
        if secret.start >= end:
            yield secret
            end = secret.end


def card_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where 13–19 digits starting 2–6 pass Luhn, not after `+` and not in a URL; the issuer is not looked at."""
    return _numbers(text, _CARD)


def _numbers(text: str, wanted: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    if b"0" * _SHORTEST_CARD not in text.encode("ascii", "replace").translate(_TO_DIGITS, b" -"):
        return
    for run in _DIGIT_RUN.finditer(text):
        if text[max(0, run.start() - 1)] == "+":
            continue
        groups = [match.span() for match in _GROUP.finditer(text, *run.span())]
        spans = [span for span in _as_printed(groups) if _is_card(text, *span, wanted)]
        yield from spans or [span for span in [run.span()] if _is_card(text, *span, wanted)]


def _as_printed(groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what may be a card among other numbers; groups put together at any place would make chance hits."""
    sizes = [end - start for start, end in groups]
    at = 1 if sizes[0] < 3 else 0  # a count may stand before it
    while card := next((card for card in _PRINTED if sizes[at : at + len(card)] == card), None):
        yield groups[at][0], groups[at + len(card) - 1][1]
        at += len(card)
    yield from (group for group, size in zip(groups, sizes, strict=True) if size >= _SHORTEST_CARD)


def _is_card(text: str, start: int, end: int, wanted: re.Pattern[str]) -> bool:
    digits = text[start:end].replace(" ", "").replace("-", "")
    if not wanted.fullmatch(digits) or not _passes_luhn(digits):
        return False
    if _PART_OF_MORE.match(text, end) or _LEADS_ON.search(text[max(0, start - 10) : start]):
        return False
    return not _HOST.search(re.split("[^!-~]", text[max(0, start - 500) : start])[-1])


def _passes_luhn(digits: str) -> bool:
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(twice - 9 * (twice > 9) for twice in doubled)) % 10 == 0


def _long_words(text: str) -> list[str]:
    """Return the words long enough for a secret: a tenth of most texts, and quicker found than by a pattern."""
    shape = text.replace("?", "x").encode("ascii", "replace").translate(_TO_WORDS)
    words, end = [], 0
    while (start := shape.find(b"x" * _SHORTEST_WORD, end)) >= 0:
        end = shape.find(b" ", start)
        end = len(shape) if end < 0 else end
        words.append(text[start:end])
    return words


def _by_prefix(text: str, words: str) -> Iterator[Secret]:
    for kind, anchors, pattern in _FORMS:
        if any(anchor in words for anchor in anchors) and re.search(pattern, words):
            for match in re.finditer(pattern, text):
                # `xxxx`, or words joined by hyphens, stand for a token in instructions.
                is_one_word = match[1].isalnum() and match[1] != match[1].lower()
                if len(set(match[1])) >= 8 and (is_one_word or re.search("[0-9]", match[1])):
                    yield Secret(kind, *match.span())


def _by_shape(text: str, lowered: str) -> Iterator[Secret]:
    for match in _FORTY.finditer(text):
        start, end = match.span()
        # A hash of 40 characters has letters of one case.
        if match[0].lower() != match[0] != match[0].upper() and re.search("[0-9]", match[0]):
            if _AWS_NAME.search(lowered, max(0, start - 60), start):
                yield Secret("an AWS secret key", start, end)
            elif match[0].isalnum() and "zendesk" in lowered[max(0, start - 80) : end + 40]:
                yield Secret("a Zendesk API token", start, end)


def _by_name(text: str, lowered: str) -> Iterator[Secret]:
    for name, kind in _NAMES.items():
        at = lowered.find(name)
        while at >= 0:
            before = lowered[max(0, at - 14) : at].rstrip(" _-")
            at += len(name)
            harmless = before.endswith(_HARMLESS_TOKENS) if name == "token" else name == "key"
            if not harmless or before.endswith(_SECRET_KEYS):
                between = (_BLANK if name in _HEADERS else _IS).match(text, at)
                if between and (end := _value_end(text, between.end(), is_password=name in _PASSWORDS)):
                    yield Secret(kind, between.end(), end)
                    at = end
            at = lowered.find(name, at)


def _value_end(text: str, start: int, *, is_password: bool) -> int | None:
    """Return where the value that begins here ends, if it looks random, as people's words and references do not."""
    match = (_PASSWORD if is_password else _TOKEN).match(text, start)
    value = match[0].rstrip(".,;:)]}*|_") if match else ""
    if len(value) < _SHORTEST_WORD or len(set(value)) < 6 or _NO_VALUE.match(value):
        return None
    mixed = _letters_beside_digits(value)
    humps = sum(one.islower() and two.isupper() for one, two in pairwise(value))
    random = mixed > 0 and 4 * (mixed + humps) >= len(value)
    # People choose passwords with less chance in them, but a path or an address has more punctuation.
    chosen = is_password and _could_be_random(value) and not set("/:") & set(value)
    return start + len(value) if random or chosen else None


def _could_be_random(word: str) -> bool:
    mixed = _letters_beside_digits(word)
    return mixed > 1 or (mixed > 0 and word != word.lower())


def _letters_beside_digits(word: str) -> int:
    return sum(one.isalpha() != two.isalpha() for one, two in pairwise(word) if one.isalnum() and two.isalnum())
