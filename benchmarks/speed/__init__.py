"""How fast, how much memory, how long to start: ``python -m benchmarks.speed``."""
