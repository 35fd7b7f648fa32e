"""The channels that alerts are sent on by, as people set them up; what is secret in them only ever goes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter, ValidationError

from infoscreen.db import alert_channels as table
from infoscreen.db.alert_channels import AlertChannel as AlertChannel
from infoscreen.domain.alert_channels import (
    AppriseTarget,
    ChannelKind,
    ChannelsChanged,
    Language,
    MailTarget,
    Target,
    WebhookTarget,
    shown_address,
)
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Unsealable
from infoscreen.services.work import Work

TARGETS: dict[ChannelKind, TypeAdapter[Any]] = {
    ChannelKind.MAIL: TypeAdapter(MailTarget),
    ChannelKind.WEBHOOK: TypeAdapter(WebhookTarget),
    ChannelKind.APPRISE: TypeAdapter(AppriseTarget),
}
CHANNELS_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel as a person wants it; what `target` leaves out stays as it was (with the channel's `id`).

    A password that is None is left out, too; a webhook's secret that is None is removed.
    """

    id: int | None
    name: str
    kind: ChannelKind
    target: dict[str, Any]
    is_active: bool
    kinds: tuple[AlertKind, ...]
    least_severity: Severity
    tells_closed: bool
    quiet_minutes: int
    language: Language


def list_channels(work: Work) -> tuple[Sequence[AlertChannel], str]:
    """Every channel, and the version of the list."""
    channels = table.all_channels(work.session)
    return channels, _version(channels)


def change_channels(work: Work, wanted: Sequence[Wanted], version: str | None) -> None:
    """Make the channels these and no others; raises `ChannelsChanged`, and `Invalid` with every mistake."""
    known = {channel.id: channel for channel in table.all_channels(work.session, lock=True)}
    if version is not None and version != _version(list(known.values())):
        raise ChannelsChanged
    mistakes: dict[str, FieldError] = {}
    targets = []
    for place, each in enumerate(wanted):
        try:
            targets.append(complete_target(work, each, known.get(each.id or 0)))
        except Invalid as refusal:
            mistakes |= {f"channels.{place}.{name}": mistake for name, mistake in refusal.fields.items()}
    if mistakes:
        raise Invalid(**mistakes)
    for each, target in zip(wanted, targets, strict=True):
        _store(work, known.pop(each.id or 0, None), each, target)
    for gone in known.values():
        work.session.delete(gone)
    work.announce(NoticeKind.SETTINGS, "alert_channels")


def complete_target(work: Work, wanted: Wanted, channel: AlertChannel | None = None) -> Target:
    """The target with the secrets that a channel has already, where the person leaves them out. Raises `Invalid`."""
    stored = target_of(work, channel) if channel and channel.kind == wanted.kind else None
    given = dict(wanted.target)
    if isinstance(stored, MailTarget) and _is_same_login(stored, given):
        given["password"] = given.get("password") or stored.password
    elif isinstance(stored, WebhookTarget):
        # A secret is not handed to whoever a new address belongs to.
        given.setdefault("secret", None if given.get("url") else stored.secret)
        given["url"] = given.get("url") or stored.url
    elif isinstance(stored, AppriseTarget):
        given["url"] = given.get("url") or stored.url
    if wanted.kind is not ChannelKind.MAIL and not given.get("url"):
        raise Invalid(url=FieldError("missing"))
    if wanted.kind is ChannelKind.APPRISE and not work.ports.notifier.knows(given["url"]):
        raise Invalid(url=FieldError("service_unknown"))
    target: Target = TARGETS[wanted.kind].validate_python(given)
    return target


def channel_of(work: Work, channel_id: int | None) -> AlertChannel | None:
    """A channel by its id, None where there is none."""
    return work.session.get(AlertChannel, channel_id) if channel_id is not None else None


def target_of(work: Work, channel: AlertChannel) -> Target | None:
    """Where a channel leads to; None where the seal's key is another one now."""
    try:
        target: Target = TARGETS[ChannelKind(channel.kind)].validate_json(work.ports.seal.unseal(channel.sealed))
    except (Unsealable, ValidationError):
        return None
    return target


def _is_same_login(stored: MailTarget, given: dict[str, Any]) -> bool:
    """A password is sent to no other server, and as no other person, than it was given for."""
    same = ("host", "port", "username")
    return not given.get("password") and all(given.get(name) == getattr(stored, name) for name in same)


def _store(work: Work, row: AlertChannel | None, wanted: Wanted, target: Target) -> None:
    channel = row or AlertChannel(version=0, failures=0)
    channel.name, channel.kind, channel.is_active = wanted.name, wanted.kind, wanted.is_active
    channel.kinds, channel.least_severity = [str(kind) for kind in wanted.kinds], wanted.least_severity
    channel.tells_closed, channel.quiet_minutes = wanted.tells_closed, wanted.quiet_minutes
    channel.language, channel.target = wanted.language, _shown(target)
    channel.sealed = work.ports.seal.seal(TARGETS[wanted.kind].dump_json(target).decode())
    channel.version += 1
    # Whatever was wrong with it may be mended now.
    channel.retry_at, channel.failures = None, 0
    if row is None:
        work.session.add(channel)


def _shown(target: Target) -> dict[str, Any]:
    if isinstance(target, MailTarget):
        shown: dict[str, Any] = TARGETS[ChannelKind.MAIL].dump_python(target, mode="json", exclude={"password"})
        return shown | {"hasPassword": bool(target.password)}
    shown = {"address": shown_address(target.url)}
    return shown | {"hasSecret": bool(target.secret)} if isinstance(target, WebhookTarget) else shown


def _version(channels: Sequence[AlertChannel]) -> str:
    told = ",".join(f"{channel.id}:{channel.version}" for channel in sorted(channels, key=lambda each: each.id))
    return sha256(told.encode()).hexdigest()[:16]
