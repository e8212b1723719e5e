"""How fast the screens are, beside a bare Textual app in the same terminal: `python -m tests.benchmarks`.

Nothing here is asserted: a ratio is printed next to its goal, and a person judges it.
"""
