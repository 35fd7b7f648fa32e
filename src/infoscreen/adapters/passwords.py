"""People's passwords, hashed with argon2id."""

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """The port `PasswordHasher`, with the library's recommended parameters unless others are given."""

    def __init__(self, argon2: Argon2 | None = None) -> None:
        self._argon2 = argon2 or Argon2()

    @property
    def nobodys_hash(self) -> str:
        """A hash of nothing, with the parameters of all others."""
        cost = f"m={self._argon2.memory_cost},t={self._argon2.time_cost},p={self._argon2.parallelism}"
        return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"

    def hash(self, password: str) -> str:
        """A salted argon2id hash."""
        return self._argon2.hash(password)

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the hashed one."""
        try:
            return self._argon2.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
