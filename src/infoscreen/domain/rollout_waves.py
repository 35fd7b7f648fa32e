"""Which client goes in which wave of a rollout."""

from collections.abc import Sequence
from dataclasses import dataclass

from infoscreen.domain.errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Member:
    """A client that a rollout is for."""

    uuid: str
    group_id: int


@dataclass(frozen=True, slots=True)
class Wave:
    """What a wave takes of the clients that are left: these, those of a group, or so many."""

    uuids: frozenset[str] | None = None
    group_id: int | None = None
    size: int | None = None

    def takes(self, left: Sequence[Member]) -> list[Member]:
        """Its clients, in their order."""
        if self.uuids is not None:
            return [member for member in left if member.uuid in self.uuids]
        if self.group_id is not None:
            return [member for member in left if member.group_id == self.group_id]
        return list(left[: self.size])


def spread(members: Sequence[Member], waves: Sequence[Wave]) -> list[list[Member]]:
    """The clients of each wave; what no wave takes is the last one. Raises `Invalid` for a wave without clients."""
    left, spread_out = list(members), []
    for number, wave in enumerate(waves, 1):
        taken = wave.takes(left)
        if not taken:
            raise Invalid(waves=FieldError("wave_without_clients", number=number))
        spread_out.append(taken)
        gone = {member.uuid for member in taken}
        left = [member for member in left if member.uuid not in gone]
    return [*spread_out, left] if left else spread_out
