"""Messages by a real mail server, a real web server and the notification library; and what may not be reached."""

import hashlib
import hmac
import logging
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from infoscreen.adapters.notifier import TargetNotifier, guard
from infoscreen.domain.alert_channels import (
    AlertMessage,
    AppriseTarget,
    Failure,
    MailSecurity,
    MailTarget,
    NotSent,
    Target,
    WebhookTarget,
)
from ports import free_port
from receivers import PASSWORD, USERNAME, mail_server, web_server

MESSAGE = AlertMessage("Musterschule: Bildschirm schwarz – Größe", "• Kritisch: Bildschirm schwarz\n\nÜbrigens", ())
LOCAL = TargetNotifier(local=True)


def mail(port: int, **fields: object) -> MailTarget:
    target = MailTarget(
        "127.0.0.1",
        port,
        MailSecurity.NONE,
        None,
        None,
        "infoscreen@schule.example",
        ("it@schule.example", "haus@schule.example"),
    )
    return replace(target, **fields)  # type: ignore[arg-type]


def failure_of(target: Target, notifier: TargetNotifier = LOCAL) -> Failure:
    with pytest.raises(NotSent) as refused:
        notifier.send(target, MESSAGE)
    return refused.value.failure


def test_a_mail_arrives_with_its_umlauts_at_everybody() -> None:
    with mail_server() as box:
        LOCAL.send(mail(box.port), MESSAGE)
    (arrived,) = box.mails
    assert arrived["Subject"] == MESSAGE.title
    assert arrived.get_content().split() == MESSAGE.text.split()
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert box.recipients == [["it@schule.example", "haus@schule.example"]]


def test_a_title_with_a_line_break_adds_no_header() -> None:
    with mail_server() as box:
        LOCAL.send(mail(box.port), AlertMessage("Aula\r\nBcc: someone@else.example", "x", ()))
    assert box.mails[0]["Bcc"] is None


def test_a_mail_server_that_asks_for_a_login_gets_it() -> None:
    with mail_server(asks_for_login=True) as box:
        LOCAL.send(mail(box.port, username=USERNAME, password=PASSWORD), MESSAGE)
        assert len(box.mails) == 1
        assert failure_of(mail(box.port, username=USERNAME, password="wrong")) is Failure.LOGIN_REFUSED
        assert failure_of(mail(box.port)) is Failure.REFUSED


def test_a_mail_that_cannot_be_sent_says_why() -> None:
    with mail_server() as box:
        box.refuse = True
        assert failure_of(mail(box.port)) is Failure.REFUSED
        assert failure_of(mail(box.port, security=MailSecurity.STARTTLS)) is Failure.TLS
    assert failure_of(mail(free_port())) is Failure.UNREACHABLE
    assert failure_of(mail(25, host="169.254.169.254")) is Failure.NOT_ALLOWED
    assert failure_of(mail(25, host="nobody.invalid")) is Failure.UNREACHABLE


def test_a_webhook_gets_the_alerts_signed() -> None:
    with web_server() as posted:
        LOCAL.send(WebhookTarget(posted.url, "a secret"), MESSAGE)
    (body,), (headers,) = posted.json(), posted.headers
    assert (body["title"], body["alerts"], body["test"]) == (MESSAGE.title, [], False)
    signature = hmac.new(b"a secret", posted.bodies[0], hashlib.sha256).hexdigest()
    assert headers["X-Infoscreen-Signature"] == f"sha256={signature}"
    assert headers["Host"] == f"127.0.0.1:{posted.port}"


@pytest.mark.parametrize(
    ("status", "failure"), [(500, Failure.REFUSED), (404, Failure.REFUSED), (401, Failure.LOGIN_REFUSED)]
)
def test_a_webhook_that_refuses_says_so(status: int, failure: Failure) -> None:
    with web_server() as posted:
        posted.status = status
        assert failure_of(WebhookTarget(posted.url)) is failure


def test_a_redirect_is_not_followed() -> None:
    with web_server() as elsewhere, web_server() as posted:
        posted.status, posted.location = 307, elsewhere.url
        assert failure_of(WebhookTarget(posted.url)) is Failure.REFUSED
        assert elsewhere.bodies == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"]
)
def test_the_server_itself_and_the_clouds_secrets_are_out_of_reach(host: str) -> None:
    with web_server() as posted:
        target = WebhookTarget(f"http://{host}:{posted.port}/")
        assert failure_of(target, TargetNotifier(local=False)) in {Failure.NOT_ALLOWED, Failure.UNREACHABLE}
        assert posted.bodies == []


def test_what_is_no_web_server_is_unreachable() -> None:
    assert failure_of(WebhookTarget(f"http://127.0.0.1:{free_port()}/")) is Failure.UNREACHABLE
    with web_server() as posted:
        assert failure_of(WebhookTarget(posted.url.replace("http:", "https:"))) in {Failure.TLS, Failure.UNREACHABLE}


def test_the_notification_library_sends_and_tells_nobody_the_address(caplog: pytest.LogCaptureFixture) -> None:
    with web_server() as posted, caplog.at_level(logging.DEBUG):
        target = AppriseTarget(f"json://user:a-password@127.0.0.1:{posted.port}/topic")
        LOCAL.send(target, MESSAGE)
        posted.status = 500
        assert failure_of(target) is Failure.REFUSED
    assert posted.json()[0]["title"] == MESSAGE.title
    assert "a-password" not in caplog.text


def test_the_notification_library_reaches_the_server_itself_no_more_than_a_webhook() -> None:
    with web_server() as posted:
        target = AppriseTarget(f"json://127.0.0.1:{posted.port}/")
        assert failure_of(target, TargetNotifier(local=False)) is Failure.NOT_ALLOWED
        assert posted.bodies == []


@pytest.mark.parametrize(
    "host", ["localhost", "[::1]", "0.0.0.0", "2130706433", "127.1", "intranet", "rebound.example.org"]
)
def test_wherever_a_name_leads_the_notification_library_does_not_reach_the_server_itself(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = socket.getaddrinfo

    def lead_home(name: str, *rest: Any, **more: Any) -> Any:
        return looked_up("127.0.0.1" if name in {"intranet", "rebound.example.org"} else name, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lead_home)
    with web_server() as posted:
        failure = failure_of(AppriseTarget(f"json://{host}:{posted.port}/"), TargetNotifier(local=False))
        assert posted.bodies == []
    assert failure in {Failure.NOT_ALLOWED, Failure.REFUSED, Failure.UNKNOWN_SERVICE}
    if host in {"localhost", "intranet", "rebound.example.org"}:
        assert failure is Failure.NOT_ALLOWED


def test_a_redirect_leads_the_notification_library_nowhere_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_reachable_address", lambda address, local: address == "127.0.0.1")
    with web_server() as posted:
        posted.status, posted.location = 307, f"http://127.0.0.2:{free_port()}/"
        assert failure_of(AppriseTarget(f"json://127.0.0.1:{posted.port}/")) is Failure.NOT_ALLOWED
        assert len(posted.bodies) == 1


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port)).close()


def test_only_the_thread_that_sends_is_watched_and_only_while_it_does() -> None:
    with web_server() as posted, ThreadPoolExecutor(1) as elsewhere:
        with guard.only_allowed_addresses(local=False):
            elsewhere.submit(connect, posted.port).result()
        with pytest.raises(NotSent), guard.only_allowed_addresses(local=False):
            connect(posted.port)
        connect(posted.port)


def test_no_program_is_started_to_send_a_message() -> None:
    with pytest.raises(NotSent), guard.only_allowed_addresses(local=True):
        subprocess.run(["true"], check=True)


@pytest.mark.parametrize("url", ["nothing", "unknown://x", "syslog://", "dbus://", "windows://", "tgram://", ""])
def test_what_is_no_service_is_not_known(url: str) -> None:
    assert not LOCAL.knows(url)
    assert failure_of(AppriseTarget(url)) is Failure.UNKNOWN_SERVICE
