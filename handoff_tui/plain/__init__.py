"""The line-by-line face: the same interview for a screen reader, a dumb terminal, a slow link or a pipe.

It writes lines and reads lines. Nothing is drawn over, nothing is coloured, no escape sequence is ever written.
"""
