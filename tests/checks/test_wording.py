"""The words of texts for support: what only programs read, a promised repair, an action that is none."""

from __future__ import annotations

import time

import pytest

from handoff_tui.checks.wording import promises_repair, tells_no_step, unsafe_in

# -- a first action ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Restart",
        "Restart.",
        "  “Restart!”  ",
        "— restart —",
        "Überprüfen",
        "再起動",
        "monitor/investigate",
        "Investigate and monitor",
        "INVESTIGATE, then MONITOR!",
        "Check logs",
        "check  logs,\nthen investigate; and monitor",
        "and then",
        "???",
        "",
    ],
)
def test_an_action_that_tells_no_step(text: str) -> None:
    assert tells_no_step(text)


@pytest.mark.parametrize(
    "text",
    [
        "Restart it",
        "Investigate, then restart",
        "Check the logs of the panel",
        "Check login",
        "monitors logs",
        "Investigation board: open",
        "Andere melden",
        "Park the tickets and monitor the queue",
    ],
)
def test_an_action_that_tells_a_step(text: str) -> None:
    assert not tells_no_step(text)


# -- what only programs read -------------------------------------------------------------------------------------

REPORT, ADDRESS = "a line of a program's error report", "an address inside our network"
HOST, TOKEN, CARD = "the name of a server inside our network", "a key or token", "a card number"

SHOWN = {
    REPORT: [
        "Traceback (most recent call last):",
        "a TRACEBACK.",
        "at com.padron.Loader.load(Loader.java:112)",
        "TimeoutException at java.base/java.lang.Thread.run(Thread.java:834)",
        "    at Object.load (/srv/panel/app.js:10:5)",
        "At x.y(File:12)",
        "at Panel.<init>(Panel.kt:7)",
    ],
    ADDRESS: [
        "10.0.0.1",
        "(10.255.255.254)",
        "see 172.16.0.9.",
        "172.31.255.255:8080",
        "https://192.168.1.10/status",
        "127.0.0.1",
        "10.1.2.0/24",
        "LocalHost",
        "http://localhost:3000",
        "::1",
        "[::1]:80",
        "fd12:3456:789a::1",
        "FC00::7",
    ],
    HOST: [
        "padron-db.prod.internal",
        "PANEL.LOCAL",
        "billing_db.lan:5432",
        "mail to ops@mail.corp.",
        "http://panel.svc/health",
        "x.svc.cluster.local",
        "wiki.corp/path",
        "größe.internal",
    ],
    TOKEN: [
        "sk_live_",
        "“whsec_…”",
        "key=shpat_0",
        "ghp_abc",
        "AKIA",
        "xoxb-1",
        "-----BEGIN RSA PRIVATE KEY-----",
        "https://panel.example/?k=sk_live_1",
    ],
    CARD: ["4111111111111111", "4111 1111 1111 1111.", "5555-5555-5555-4444", "378282246310005", "6304000000000000"],
}

SAFE = [
    "",
    "Trace back the last call, then write the tracebacks down",
    "We meet at the.shop(corner:south)",
    "We met at 10:30 (room 4:12)",
    "chat x.y(File:12)",
    "look at the panel (Wiki:12)",
    "110.0.0.1",
    "10.0.0.256",
    "10.0.0",
    "10.0.0.1.5",
    "version 10.0.0.1a",
    "172.15.0.1 and 172.32.0.1",
    "192.169.1.1",
    "203.0.113.10",
    "12::10",
    "feed:me::1",
    "a::1",
    "localhosts, my-localhost-notes",
    "internal.padron.example/local",
    "api.internal.padron.example",
    "panel.localized",
    "Our local office in Lan.",
    ".internal",
    "Akiane, task_sk_live_1",
    "SK_LIVE_",
    "wghp_1",
    "4111 1111 1111 1112",
    "+4111111111111111",
    "https://padron.example/orders/4111111111111111",
    "7111111111111111",
    "411111111111",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SHOWN.items() for text in texts])
def test_what_support_must_never_see(kind: str, text: str) -> None:
    assert unsafe_in(text) == [kind]
    assert unsafe_in(f"Wait:\n{text}\nand go on.") == [kind]


@pytest.mark.parametrize("text", SAFE)
def test_what_support_may_see(text: str) -> None:
    assert unsafe_in(text) == []


def test_each_kind_is_said_once() -> None:
    everything = "\n".join(text for texts in SHOWN.values() for text in texts)
    assert unsafe_in(everything) == [REPORT, ADDRESS, HOST, TOKEN, CARD]


# -- a promised repair -------------------------------------------------------------------------------------------

REPAIRED = ["fixed", "resolved", "RESTORED", "sorted", "Back to normal", "back  to   normal"]
TIMES = [
    "within 2 hours",
    "within two hours",
    "WITHIN A DAY",
    "in 2h",
    "in 90 min",
    "in 2–3 days",
    "in 2 to 3 days",
    "in two or three weeks",
    "in 1.5 hours",
    "in an hour and a half",
    "in one and a half hours",
    "in half an hour",
    "in a few minutes",
    "in a couple of days",
    "within 3 working days",
    "within about twelve hours",
    "within the hour",
    "in the next 2 hours",
    "within the next day",
    "by noon",
    "at midnight",
    "before Monday",
    "by next Fri",
    "by Tuesday morning",
    "by the end of Friday",
    "by end of day",
    "before the end of the week",
    "by 16:00",
    "at 4pm",
    "at around 4 p.m.",
    "before 4.30 p.m. today",
    "by 4 o'clock",
    "by four o’clock",
    "today",
    "Tonight",
    "tomorrow",
]


@pytest.mark.parametrize("time", TIMES)
def test_every_time(time: str) -> None:
    assert promises_repair(f"It will be fixed {time}.")
    assert promises_repair(f"We are sorry. {time} it will be sorted")


@pytest.mark.parametrize("word", REPAIRED)
def test_every_repair_word(word: str) -> None:
    assert promises_repair(f"All is {word} by noon!")


@pytest.mark.parametrize("word", ["arrive", "arrives", "Arrives"])
def test_what_arrives(word: str) -> None:
    assert promises_repair(f"Your money {word} in 3 days")


@pytest.mark.parametrize(
    "text",
    [
        "It will be fixed tomorrow, and we will write to you.",
        "We will write to you, and it will be fixed tomorrow.",
        "It will be fixed by noon — I will let you know.",
        "It is fixed today - you will hear from us.",
        "It will be restored, we hope, within two hours, but we keep you posted.",
        "It will be fixed (we will write to you) by noon.",
        "We wrote to you. It is resolved at 4 p.m. tomorrow; hear more then.",
        "By 4 p.m. it is fixed.",
        "Nothing yet.\nIt is fixed by noon",
    ],
)
def test_a_promise_beside_an_update(text: str) -> None:
    assert promises_repair(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It will be fixed.",
        "We answer by noon.",
        "It will be fixed. I will call by noon.",
        "It will be fixed! By noon?",
        "It will be fixed; call again tomorrow",
        "It will be fixed\ncall again tomorrow",
        "We will update you within two hours that it is fixed.",
        "I will write to you by noon, and it will be fixed.",
        "It will be resolved, and you hear from me tomorrow.",
        "It is not sorted yet, but we will let you know by Friday.",
        "When it is restored — we keep you informed by noon — all is well.",
        "Updates come by 4 p.m. and it is fixed then.",
        "We will write to you by 4 p.m. tomorrow, fixed or not.",
        "It is unresolved today, your prefixed number, an assorted box within 2 hours",
        "Your parcel arrived in 2 days, the arrival is today",
        "It arrives in 2 parcels",
        "It is fixed in ad hoc mode, in hours nobody counts, in a way",
        "Fixed by hand, at once, before long, by version 2",
        "Fixed for today's and tomorrow’s orders",
        "Fixed by sunlight at monument",
        "It was fixed in 2019, not in 20 parts",
    ],
)
def test_no_promise(text: str) -> None:
    assert not promises_repair(text)


# -- hostile texts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "." * 4,
        "a.",
        "at a.",
        "at a.b(",
        "fd00:",
        "10.",
        "1 ",
        "in a ",
        "back  ",
        "let  you ",
        "p.m. ",
        "4 ",
        "!",
        " ",
        ",",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length_asks(piece: str) -> None:
    def cost(length: int) -> float:
        text = f"fixed ( .local localhost {piece * (length // len(piece))} x"
        start = time.process_time()
        promises_repair(text)
        unsafe_in(text)
        tells_no_step(text)
        return time.process_time() - start

    short, long = (min(cost(length) for _ in range(3)) for length in (2_000, 16_000))
    assert long < 32 * max(short, 0.0002), "eight times the length; were it quadratic, 64 times the work"
