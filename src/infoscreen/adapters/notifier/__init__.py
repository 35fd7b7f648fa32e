"""The port `Notifier`: each kind of target has its file; what may be reached is in `addresses.py` and `guard.py`."""

from infoscreen.adapters.notifier.mail import send_mail
from infoscreen.adapters.notifier.service import is_known_service, send_to_service
from infoscreen.adapters.notifier.webhook import post
from infoscreen.domain.alert_channels import AlertMessage, AppriseTarget, MailTarget, Target, WebhookTarget


class TargetNotifier:
    """Sends a message whereto it is meant; `local` allows services on the server itself."""

    def __init__(self, *, local: bool) -> None:
        self._local = local

    def send(self, target: Target, message: AlertMessage) -> None:
        """Send, within half a minute; raises `NotSent`."""
        match target:
            case MailTarget():
                send_mail(target, message)
            case WebhookTarget():
                post(target, message, local=self._local)
            case AppriseTarget():
                send_to_service(target, message, local=self._local)

    def knows(self, url: str) -> bool:
        """Whether an address is one of a service that messages can be sent to."""
        return is_known_service(url)
