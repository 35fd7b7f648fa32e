"""Any service that the notification library knows, by an address in its form; it is loaded where it is needed.

What does something on the server itself (desktop messages, the system's log) is no service here.
"""

import logging
from typing import TYPE_CHECKING, Any

from infoscreen.adapters.notifier.guard import only_allowed_addresses
from infoscreen.domain.alert_channels import AlertMessage, AppriseTarget, Failure, NotSent

if TYPE_CHECKING:
    from apprise import NotifyBase

# They speak to the machine that the server runs on, or run what a person gives them.
ON_THE_SERVER = frozenset(
    {"dbus", "kde", "qt", "glib", "gnome", "macosx", "windows", "syslog", "rsyslog", "memory", "schan", "notification"}
)


def is_known_service(url: str) -> bool:
    """Whether an address is complete and one of a service that messages can be sent to."""
    return _plugin(url) is not None


def send_to_service(target: AppriseTarget, message: AlertMessage, *, local: bool) -> None:
    """Send a message; raises `NotSent`. Why a service refused it, the library does not tell."""
    plugin = _plugin(target.url)
    if plugin is None:
        raise NotSent(Failure.UNKNOWN_SERVICE)
    with only_allowed_addresses(local=local):
        is_sent = plugin.notify(body=message.text, title=message.title)
    if not is_sent:
        raise NotSent(Failure.REFUSED)


def _plugin(url: str) -> "NotifyBase | None":
    from apprise import Apprise

    # It logs addresses, and with them their secrets.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    if url.split(":", 1)[0].lower() in ON_THE_SERVER:
        return None
    made: Any = Apprise.instantiate(url, suppress_exceptions=True)
    return made or None
