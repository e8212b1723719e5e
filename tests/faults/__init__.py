"""What must hold when something breaks: each test injects its fault for real (`robustness.md`, section 4)."""
