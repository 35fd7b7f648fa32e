"""Keeps an eye on the broker's certificate: renews it in time, and sees when it has become another one."""

import time

from infoscreen.bootstrap import App
from infoscreen.broker_bootstrap import authority, renew_certificate

# Seconds. A certificate lives for months.
LOOK_EVERY = 3600


class CertificateWatch:
    """The certificate of the broker that this process keeps; somebody may renew it by hand as well."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._authority = authority(app.config)
        self._version = self._authority.version
        self._looked_at = float("-inf")

    def has_changed(self) -> bool:
        """Renew it where that is due; whether it is another one than when this was last asked."""
        if time.monotonic() >= self._looked_at + LOOK_EVERY:
            renew_certificate(self._app.config, self._app.clock())
            self._looked_at = time.monotonic()
        before, self._version = self._version, self._authority.version
        return self._version != before
