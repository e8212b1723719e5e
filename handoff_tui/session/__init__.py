"""The use cases: start, resume, answer, mark, go back, read back, finish.

Knows no screen, so that the screens, plain prompts and batch are three faces of one thing.
"""
