"""`/api/alerts/channels`: where alerts are sent on to, and whether that works."""

from typing import Any

from fastapi import APIRouter, Request

from infoscreen.domain.alert_channels import Failure, NotSent
from infoscreen.processes.api.deps import Administrator, AdminWork, CurrentApp
from infoscreen.processes.api.schemas.alert_channels import (
    ChannelAnswer,
    ChannelsAnswer,
    ChannelsRequest,
    TestAnswer,
    TestRequest,
)
from infoscreen.processes.api.sentences import sentence
from infoscreen.services import alert_channels, alert_delivery
from infoscreen.services.alert_channels import AlertChannel
from infoscreen.services.work import Work

router = APIRouter(prefix="/api/alerts/channels", tags=["alerts"])


@router.get("")
def list_alert_channels(request: Request, work: AdminWork) -> ChannelsAnswer:
    """Every channel; secrets are not told."""
    return _answer(request, work)


@router.put("")
def change_alert_channels(request: Request, change: ChannelsRequest, work: AdminWork) -> ChannelsAnswer:
    """Make the channels these and no others, all or nothing; a secret that is left out stays as it was."""
    alert_channels.change_channels(work, [each.wanted() for each in change.channels], change.version)
    work.session.flush()
    return _answer(request, work)


@router.post("/test")
def test_alert_channel(request: Request, test: TestRequest, app: CurrentApp, actor: Administrator) -> TestAnswer:
    """Send a test message by a channel as it is in the form, now, and say in words what came of it."""
    wanted = test.channel.wanted()
    with app.reading(actor) as work:
        channel = alert_channels.channel_of(work, wanted.id)
        target = alert_channels.complete_target(work, wanted, channel)
        message = alert_delivery.test_message(work, wanted.language, app.config.http.public_base_url)
    failure: Failure | None = None
    try:
        app.ports.notifier.send(target, message)
    except NotSent as error:
        failure = error.failure
    words = sentence(request, f"alert_test_{failure or 'sent'}")
    return TestAnswer(success=failure is None, failure=failure, message=words)


def _answer(request: Request, work: Work) -> ChannelsAnswer:
    channels, version = alert_channels.list_channels(work)
    return ChannelsAnswer(channels=[_channel(request, each) for each in channels], version=version)


def _channel(request: Request, channel: AlertChannel) -> ChannelAnswer:
    targets: dict[str, Any] = {"mail": None, "webhook": None, "apprise": None, channel.kind: channel.target}
    text = sentence(request, f"alert_test_{channel.failure}") if channel.failure else None
    names = ("id", "name", "kind", "is_active", "kinds", "least_severity", "tells_closed", "quiet_minutes", "language")
    told = {name: getattr(channel, name) for name in (*names, "last_sent_at", "failed_at", "failure")}
    return ChannelAnswer.model_validate({**told, **targets, "failure_text": text})
