"""Mail by SMTP: to a school's own server or a provider's, with or without TLS and a login."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from infoscreen.adapters.notifier.addresses import addresses_of
from infoscreen.domain.alert_channels import AlertMessage, Failure, MailSecurity, MailTarget, NotSent

TIMEOUT_SECONDS = 10.0


def send_mail(target: MailTarget, message: AlertMessage) -> None:
    """Send to all recipients or to nobody; raises `NotSent`."""
    # A mail server on this machine is usual; it speaks first, so that nothing is said to one that is none.
    addresses_of(target.host, target.port, local=True)
    try:
        with _connected(target) as server:
            if target.username and target.password:
                server.login(target.username, target.password)
            refused = server.send_message(_mail(target, message))
    except smtplib.SMTPAuthenticationError:
        raise NotSent(Failure.LOGIN_REFUSED) from None
    except ssl.SSLError:
        raise NotSent(Failure.TLS) from None
    except TimeoutError:
        raise NotSent(Failure.TIMED_OUT) from None
    except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected):
        raise NotSent(Failure.UNREACHABLE) from None
    except smtplib.SMTPNotSupportedError:
        raise NotSent(Failure.TLS if target.security is MailSecurity.STARTTLS else Failure.LOGIN_REFUSED) from None
    except (smtplib.SMTPException, UnicodeError):
        raise NotSent(Failure.REFUSED) from None
    except OSError:
        raise NotSent(Failure.UNREACHABLE) from None
    if refused:
        raise NotSent(Failure.REFUSED)


def _connected(target: MailTarget) -> smtplib.SMTP:
    if target.security is MailSecurity.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(target.host, target.port, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(target.host, target.port, timeout=TIMEOUT_SECONDS)
    if target.security is MailSecurity.STARTTLS:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _mail(target: MailTarget, message: AlertMessage) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = " ".join(message.title.split())
    mail["From"] = target.sender
    mail["To"] = ", ".join(target.recipients)
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid("alert", target.sender.rsplit("@", 1)[-1])
    # So that nobody's holiday reply comes back.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail
