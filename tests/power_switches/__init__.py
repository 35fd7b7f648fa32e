"""Plugs and PoE switches for tests: each speaks its protocol for real, on loopback, and can misbehave on demand."""
