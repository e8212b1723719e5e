"""Every kind of secret is found where it stands, what only looks like one is not, and no value is ever shown.

The secrets are made up here from pieces, so that no scanner at a hosting site takes this file for a leak.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff_tui.checks.secrets import Secret, card_numbers, secrets_in

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs" / "examples").glob("*.handoff.toml"))
LONGEST_ANSWER = 20_000


def joined(*pieces: str) -> str:
    return "".join(pieces)


RANDOM = joined("4eC39HqLyjW", "DarjtT1zdp7dc")
LONGER = joined("9fK2mQ7xT4vB8nL3", "wR6yZ1cD5gH0jS2p", "A8uE3kNq")
HEX = joined("3f9a1c7e5b", "2d8f4a6c0e9b", "1d7f3a5c8e")
SIGNED = joined(
    "eyJhbGciOiJ", "IUzI1NiJ9", ".", "eyJzdWIiOiIx", "MjM0NTY3ODkwIn0", ".", "dBjftJeZ4CVP", "mB92K27uhbUJU1p1"
)
AWS_SECRET = joined("wJalrXUtnFEMI", "/K7MDENG+", "bPxRfiCYzQ8s2bGvA1")
PEM = joined("-----BEGIN RSA ", "PRIVATE KEY-----\n", "MIIEowIBAAKCAQEA7bq9\n" * 3, "-----END RSA PRIVATE KEY-----")
CHOSEN = joined("Summer2024", "!Pass")

TOKENS: list[tuple[str, str]] = [
    ("a Stripe live key", joined("sk_", "live_", RANDOM)),
    ("a Stripe live key", joined("rk_", "live_", RANDOM)),
    ("a Stripe test key", joined("sk_", "test_", RANDOM)),
    ("a webhook signing secret", joined("wh", "sec_", LONGER[:32])),
    *(("a GitHub token", joined("gh", letter, "_", LONGER[:36])) for letter in "pousr"),
    ("a GitHub token", joined("github", "_pat_", "11ABCDEFG0aBcDeFgHiJkL", "_", LONGER)),
    ("a GitHub token", joined("gh", "s_", "123456_", SIGNED)),
    ("a GitLab token", joined("gl", "pat-", "aB3dE6gH9jK2mN5pQ8sT")),
    ("a Slack token", joined("xo", "xb-", "123456789012-", "1234567890123-", RANDOM)),
    ("a Slack token", joined("xa", "pp-", "1-A02B3C4D5E6-", "1234567890123-", HEX)),
    ("a Slack webhook address", joined("hooks.slack", ".com/services/", "T02A1B2C3/", "B04D5E6F7/", RANDOM)),
    ("an AWS access key", joined("AK", "IA", "Q3EGTZ7LXW2PVB5N")),
    ("an AWS access key", joined("AS", "IA", "Q3EGTZ7LXW2PVB5N")),
    ("a Google key", joined("AI", "za", "SyB", LONGER[:32])),
    ("a Google sign-in token", joined("ya", "29.", "a0AfB_by", LONGER)),
    ("an Anthropic key", joined("sk-", "ant-", "api03-", LONGER)),
    ("an OpenAI key", joined("sk-", "proj-", LONGER)),
    ("an OpenAI key", joined("sk-", LONGER)),
    ("a Shopify token", joined("shp", "at_", HEX)),
    ("a Shopify token", joined("shp", "ss_", HEX)),
    ("a Twilio key", joined("S", "K", HEX)),
    ("a SendGrid key", joined("S", "G.", LONGER[:22], ".", LONGER, "Xy3")),
    ("an npm token", joined("np", "m_", LONGER[:36])),
    ("an Atlassian token", joined("ATA", "TT3", "xFfGF0", LONGER, "=1A2B3C4D")),
    ("a HubSpot token", joined("pat-", "na1-", "3f9a1c7e-5b2d-4f4a-", "8c0e-9b1d7f3a5c8e")),
    ("a sign-in token (JWT)", SIGNED),
    ("a private key", PEM),
]
CARDS = [
    joined("4242", "4242", "4242", "4242"),  # the test cards of Stripe and Adyen, by issuer
    joined("4242 ", "4242 ", "4242 ", "4242"),
    joined("4242-", "4242-", "4242-", "4242"),
    joined("5555", "5555", "5555", "4444"),
    joined("2223", "0031", "2200", "3222"),
    joined("3782", "822463", "10005"),
    joined("3782 ", "822463 ", "10005"),
    joined("6011", "1111", "1111", "1117"),
    joined("3056 ", "930902 ", "5904"),
    joined("3566", "0020", "2036", "0505"),
    joined("6200", "0000", "0000", "0005"),
    joined("6759", "6498", "2643", "8453"),
]
# What stands around the value, and the value.
NAMED: list[tuple[str, str, str]] = [
    ("a password", "password = {}", CHOSEN),
    ("a password", "Password: {}.", CHOSEN),
    ("a password", "The password for the sandbox is {}", CHOSEN),
    ("a password", "The password is “{}”, as ever", joined("hunter2", "hunter2")),
    ("a password", "**Passwort:** `{}`", RANDOM),
    ("a password", "contraseña: {}", RANDOM),
    ("a password", "mot de passe : {}", RANDOM),
    ("a password", "| Password | {} |", RANDOM),
    ("a secret", '"client_secret": "{}"', RANDOM),
    ("a secret", "clientSecret={}", RANDOM),
    ("a token", "https://api.example/v2?limit=5&token={}", HEX),
    ("a token", "token => '{}'", HEX),
    ("a token", "access token of the shop: {}", HEX),
    ("a token", "X-Auth-Token: {}", "3f9a1c7e-5b2d-4f4a-8c0e-9b1d7f3a5c8e"),
    ("a key", "api_key: {}", HEX),
    ("a key", "API key: {}", RANDOM),
    ("a key", "SIGNING_KEY={}", RANDOM),
    ("a key", "AccountKey={};EndpointSuffix=core", joined(LONGER, LONGER[::-1], "==")),
    ("a key in an Authorization header", "Authorization: Bearer {}", LONGER),
    ("a key in an Authorization header", "authorization: basic {}", joined("bWFyYUBza2FybGFk", "ZC5leGFtcGxlOnMz")),
    ("an AWS secret key", "aws_secret_access_key = {}", AWS_SECRET),
    ("an AWS secret key", "AWS keys: the second is {} and works", AWS_SECRET),
    ("a Zendesk API token", "mara@skarladd.example/token:{}", LONGER[:40]),
    ("a Zendesk API token", "The one in Zendesk, {}, is the bot's", LONGER[:40]),
    ("a password in an address", "https://mara:{}@ftp.skarladd.example/in", "hunter2"),
    ("a password in an address", "postgres://plans:{}@10.0.0.7:5432/plans", CHOSEN),
    ("a password in an address", "redis://:{}@cache", "horse"),
]
POSITIVES = [
    *((kind, "{}", token) for kind, token in TOKENS),
    *(("a card number", "{}", card) for card in CARDS),
    *NAMED,
]

LOOK_ALIKES = {
    "order number": "Order 1029384756, 2026-000123 and #SO-48213",
    "phone number": "+47 22 86 44 00, (020) 7946 0958, +4915112345678, 00 36 1 999 4444",
    "phone number that passes Luhn": f"+{CARDS[0]}, +{CARDS[1]} and +47 {CARDS[1]}",
    "uuid": "evt 550e8400-e29b-41d4-a716-446655440000 and 12345678-1234-4123-8123-123456789012",
    "sha-1": "commit da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "sha-1 at Zendesk": "the Zendesk app at da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "sha-256": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "md5": "md5 d41d8cd98f00b204e9800998ecf8427e",
    "short commit": "released as 55e4f3d",
    "iban": "DE89 3704 0044 0532 0130 00, GB29 NWBK 6016 1331 9268 19, NO93 8601 1117 947",
    "dates": "2026-11-23 2026-12-24, 2026-11-23T10:15:00Z, 20261123101500, 20261123101508",
    "years": "2021 2022 2023 2024, 2022 2023 2024 2025 and 2023 2024 2025 2026",
    "long integer": "4242424242424241 and 9007199254740993",
    "epoch": "1732356000000 and 1732356000000000",
    "carrier": "1Z999AA10123456784, 9400 1000 0000 0000 0000 00, 612999998000",
    "card in a longer number": joined(CARDS[0], "00000000"),
    "card in a word": joined("x", CARDS[0]) + " " + joined(CARDS[0], "x"),
    "amount": joined(CARDS[0], ".50"),
    "card in an address": f"https://shop.example/o/{CARDS[0]}?id={CARDS[3]} and acme.zendesk.com/x/{CARDS[0]}",
    "Zendesk article": "article 4408889192858, ticket 48213, webhook 01GZ9T5B6YQ7W8X9Y0Z1A2B3C4",
    "Stripe objects": "cus_NffrFeUfNV2Hib, pi_3MtwBwLkdIwHu7ix28a3tqPa, evt_1NG8Du2eZvKYlo2CUI79vXWy, sub_1MowQVLkdIw",
    "Stripe publishable": "pk_live_" + RANDOM + " and pk_test_" + RANDOM,
    "publishable key, named": "api_key: pk_live_" + RANDOM,
    "mentions": "sk_live_ keys, sk_live_…, sk_live_xxxxxxxxxxxxxxxxxxxxxxxx, ghp_, AKIA, xoxb- and whsec_ secrets",
    "instructions": "sk-ant-your-api-key-goes-here, glpat-your-access-token-here, github_pat_your_token_is_placed_here",
    "crossed out": joined("sk_live_********** and hooks.slack.", "com/services/T00000000/B00000000/", "X" * 24),
    "inside words": joined("task-management-of-2026-in-all-teams, desk-", RANDOM, " and ri", "sk_", "test_", RANDOM),
    "one long word": "sk-internationalization",
    "version": "v12.4.0-rc.1+build20261123 of plan-state.v4.json",
    "words": "internationalization/Europe/Stockholm state_of_the_order ChargerRefusesPaid OAuth2 base64",
    "user without password": "ssh://git@github.com/x, git@github.com:x/y, mailto:mara@skarladd.example",
    "port": "https://example.com:8080/path and http://[::1]:80/a@b, https://example.com:8080?to=a@b",
    "left out": "https://mara:<password>@x.example https://mara:${PASS}@x.example https://mara:***@x.example",
    "arn": "secret: arn:aws:secretsmanager:eu-north-1:123456789012:secret:prod/zendesk-Ab3dE6",
    "variable": "STRIPE_SECRET_KEY, ZENDESK_API_TOKEN_V2 and token=$ZENDESK_TOKEN_V2, secret: ${STRIPE_KEY_V2_EU1}",
    "header": "Authorization: Bearer <token>, Bearer tokens, basic understanding, Basic authentication2",
    "kept": "token: vault:billing/zendesk2a3b4c, password: 1Password/Support/Zendesk-2, key: op://Support/stripe1a2b3c",
    "address of it": "API key: https://vault.example/ui/secrets/a1b2c3d4e5f6a7b8",
    "placeholder": "password = xxxxxxxxxxxx, api_key: <your key>, token={{token}}, password: ChangeMe12345",
    "taken out": "secret: [redacted 1a2b3c], token=Redacted1a2B, password: ***********a1, api_key = ....a1b2c3d4",
    "names of things": "token: zendesk-prod-2026, secret: billing-webhook-v2, password: see runbook, key: SUP-12345678",
    "prose": "The secret is kept in the vault. Token: rotates every 90 days. Password: ask Mara (2nd floor, room 12B).",
    "public key": "-----BEGIN PUBLIC KEY----- and -----BEGIN CERTIFICATE-----",
    "other keys": "primary key: 3f9a1c7e5b2d8f4a6c0e, public key: 3f9a1c7e5b2d8f4a6c0e, idempotency key=3f9a1c7e5b2d8f",
    "other tokens": "next_page_token=3f9a1c7e5b2d8f4a6c0e, sync token: 3f9a1c7e5b2d8f4a6c0e",
    "dated": "token: 2026-11-23T10:00:00Z, secret: 2026-11-23-rotated",
    "scripts": "密码在保险箱里。Пароль у Мары. كلمة السر في الخزنة. ４２４２４２４２４２４２４２４２",
}


@pytest.mark.parametrize(("kind", "around", "value"), POSITIVES, ids=lambda item: None if item.isprintable() else "pem")
def test_a_secret_is_found_where_it_stands(kind: str, around: str, value: str) -> None:
    start = around.index("{}")
    found = list(secrets_in(around.replace("{}", value)))
    assert [secret.kind for secret in found] == [kind]
    (secret,) = found
    assert secret.start <= start + len(value) - 1 < secret.end
    assert secret.end <= start + len(value)


@pytest.mark.parametrize("text", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_what_only_looks_like_a_secret_is_none(text: str) -> None:
    assert list(secrets_in(text)) == []


@pytest.mark.parametrize("text", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_what_only_looks_like_a_card_is_none(text: str) -> None:
    assert list(card_numbers(text)) == []


def test_a_text_tells_all_its_secrets_in_their_order() -> None:
    card, token = CARDS[1], TOKENS[0][1]
    text = f"İ: Pay with {card} 12/27 123.\n密钥{token}。password: {CHOSEN}, again {CARDS[0]}."
    found = list(secrets_in(text))
    assert [text[secret.start : secret.end] for secret in found] == [card, token, CHOSEN, CARDS[0]]


def test_one_secret_is_told_once_by_its_best_known_kind() -> None:
    kind, token = TOKENS[0]
    assert [secret.kind for secret in secrets_in(f"api_key = {token}")] == [kind]
    assert [secret.kind for secret in secrets_in(f"Authorization: Bearer {SIGNED}")] == ["a sign-in token (JWT)"]


@pytest.mark.parametrize("before", ["", "1 ", "No. 12 ", "exp 11/27 ", "卡号", "карта", "(", "- ", "+ "])
@pytest.mark.parametrize("after", ["", ".", ", ok", " 12 27", " 123", " 11/27", "は", ")"])
@pytest.mark.parametrize("card", [CARDS[1], CARDS[0], CARDS[6]], ids=["grouped", "whole", "Amex"])
def test_what_stands_beside_a_card_does_not_hide_it(before: str, card: str, after: str) -> None:
    start = len(before)
    assert list(card_numbers(before + card + after)) == [(start, start + len(card))]


def test_the_finder_of_cards_does_not_ask_who_issued_them() -> None:
    number = joined("4000", "0000", "00006")  # 13 digits, as Zendesk and Shopify number things
    assert list(card_numbers(f"No. {number}")) == [(4, 17)]
    assert not list(secrets_in(f"No. {number}"))


def test_a_secret_never_holds_its_value() -> None:
    for _, around, value in POSITIVES:
        for secret in secrets_in(around.replace("{}", value)):
            shown = f"{secret!r} {secret} {secret.kind} {secret._asdict()}"
            assert value not in shown
            assert not any(piece in shown for piece in (RANDOM, HEX, LONGER, CHOSEN))
            assert tuple(map(type, secret)) == (str, int, int)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_hold_no_secret(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert list(secrets_in(text)) == []
    assert [value for value in strings(tomllib.loads(text)) if any(secrets_in(value))] == []


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def test_there_are_examples() -> None:
    assert EXAMPLES


def test_only_one_letter_changes_its_length_in_small_letters() -> None:
    longer = [code for code in range(sys.maxunicode + 1) if len(chr(code).lower()) != 1]
    assert longer == [0x130]


# Pieces of every pattern, so that texts come near to matching.
FRAGMENTS = st.sampled_from(
    [value for _, _, value in POSITIVES]
    + [around.partition("{}")[0] for _, around, _ in NAMED]
    + [token[:size] for _, token in TOKENS for size in (5, 12, 30)]
    + [
        "password",
        "token",
        "zendesk",
        "aws",
        "key=",
        " ",
        "\n",
        "-",
        "4242",
        "://",
        ":",
        "@",
        "/",
        ".",
        "İ",
        "密",
        "A1b2",
    ]
)
TEXTS = st.text() | st.lists(FRAGMENTS | st.text(max_size=5), max_size=12).map("".join)


@given(TEXTS)
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    end = 0
    for secret in secrets_in(text):
        assert end <= secret.start < secret.end <= len(text)
        end = secret.end
    end = 0
    for start, stop in card_numbers(text):
        assert end <= start < stop <= len(text)
        end = stop


PROSE = st.lists(st.text(st.characters(categories=["L", "Zs"], include_characters=",.()–\n"), max_size=12), max_size=8)


@given(PROSE.map(" ".join), st.sampled_from(POSITIVES), PROSE.map(" ".join))
def test_a_secret_in_prose_is_still_found(before: str, positive: tuple[str, str, str], after: str) -> None:
    kind, around, value = positive
    text = f"{before}\n\n{around.replace('{}', value)}\n\n{after}"
    inside = len(before) + 2 + around.index("{}") + len(value) - 1
    assert [secret.kind for secret in secrets_in(text) if secret.start <= inside < secret.end] == [kind]


ADVERSARIAL = [
    *map(chr, range(0x20, 0x7F)),
    "é",
    "密",
    "\n",
    *(value for _, _, value in POSITIVES),
    *(around.replace("{}", "a1") for _, around, _ in NAMED),
    *(around.partition("{}")[0] for _, around, _ in NAMED),
    *(token[:size] for _, token in TOKENS for size in (4, 8, 20)),
    *(
        "4242 ",
        "4-",
        "1 ",
        "4242424242424242x",
        "https://x.example/4242424242424242,",
        "token for a b c d ",
        'key"""',
        "a1 A1",
    ),
]


@pytest.mark.parametrize("piece", ADVERSARIAL, ids=repr)
def test_reading_a_hostile_text_ends(piece: str) -> None:
    text = (piece * LONGEST_ANSWER)[:LONGEST_ANSWER]
    assert all(isinstance(secret, Secret) for secret in secrets_in(text))
    assert all(stop <= LONGEST_ANSWER for _, stop in card_numbers(text))
