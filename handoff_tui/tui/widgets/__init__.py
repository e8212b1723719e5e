"""The parts of the screens; `fields` has the one table from a kind of question to its widget."""
