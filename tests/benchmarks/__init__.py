"""How fast the screens are beside a bare Textual app, and `check` beside its peers: `python -m tests.benchmarks`.

Nothing here is asserted: a ratio is printed next to its goal, and a person judges it.
"""
