"""Our themes: calm on a projector, one accent, and no text below 4.5:1 against what it stands on."""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["ANSI", "DARK", "LIGHT", "THEMES"]

DARK = Theme(
    name="handoff-dark",
    dark=True,
    primary="#7db7f0",
    accent="#7db7f0",
    warning="#e8b84a",
    error="#ff8a80",
    success="#8fd19e",
    foreground="#eceae5",
    background="#14171c",
    surface="#1d222a",
    panel="#262c36",
    text_alpha=1.0,
    variables={
        "quiet": "#9da7b3",
        "line": "#39424f",
        "on-accent": "#10151b",
        "input-selection-background": "#7db7f0 35%",
        "block-cursor-background": "#7db7f0",
        "block-cursor-foreground": "#10151b",
    },
)

LIGHT = Theme(
    name="handoff-light",
    dark=False,
    primary="#0b57a4",
    accent="#0b57a4",
    warning="#7a4f00",
    error="#b3261e",
    success="#1f6b36",
    foreground="#1b1e23",
    background="#fcfbf8",
    surface="#f0eee8",
    panel="#e6e3db",
    text_alpha=1.0,
    variables={
        "quiet": "#565f6b",
        "line": "#c9c5ba",
        "on-accent": "#ffffff",
        "input-selection-background": "#0b57a4 25%",
        "block-cursor-background": "#0b57a4",
        "block-cursor-foreground": "#ffffff",
    },
)

ANSI = Theme(
    name="handoff-ansi",
    ansi=True,
    primary="ansi_blue",
    accent="ansi_blue",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "quiet": "ansi_default",
        "line": "ansi_default",
        "on-accent": "ansi_bright_white",
        "block-cursor-background": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_blue",
    },
)
"""The terminal's own 16 colours; with NO_COLOR the toolkit then writes none at all (`interview.md`, Trap 7)."""

THEMES = (DARK, LIGHT, ANSI)
