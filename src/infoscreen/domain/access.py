"""Roles, and who acts."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each role includes those before it."""

    USER = "user"
    EDITOR = "editor"
    ADMIN = "admin"
    SUPERADMIN = "superadmin"

    def includes(self, other: "Role") -> bool:
        """Whether this role may do what `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a logged-in person, or the system itself (no user id)."""

    user_id: int | None
    role: Role
    name: str


SYSTEM = Actor(user_id=None, role=Role.SUPERADMIN, name="system")
