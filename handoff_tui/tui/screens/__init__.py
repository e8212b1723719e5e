"""The screens: each composes, routes and binds; what could be said without a screen is in `session`."""
