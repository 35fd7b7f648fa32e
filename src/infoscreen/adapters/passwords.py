"""People's passwords, hashed with argon2id."""

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """The port `PasswordHasher` with the library's recommended parameters."""

    def __init__(self) -> None:
        self._argon2 = Argon2()

    def hash(self, password: str) -> str:
        """A salted argon2id hash."""
        return self._argon2.hash(password)

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the hashed one."""
        try:
            return self._argon2.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
