"""The screens: a window on a session. Only this package imports textual."""
