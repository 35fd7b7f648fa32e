"""Has the broker save what waits for a listener that is away, every few seconds.

What a listener is there to take is never at risk; saving as often all the time would write the plans of a whole school
every few seconds for nothing.
"""

from infoscreen.broker_bootstrap import KeptBroker
from infoscreen_wire.access import Actor

# Seconds. A save stalls the broker: 40 ms with 1,000 screens and 300 groups' plans (18 MiB), 150 ms with 100,000 lines.
SAVE_EVERY = 5.0
LISTENERS = f"infoscreen-{Actor.LISTENER}-"


class BrokerSaves:
    """Saves while something may wait that nobody else has."""

    def __init__(self, broker: KeptBroker) -> None:
        self._broker = broker

    def save_what_waits(self) -> bool:
        """Save where a listener is away; a broker that has just started may not listen to signals yet."""
        mosquitto = self._broker.mosquitto
        if mosquitto.running_for < SAVE_EVERY:
            return False
        accounts = self._broker.files.password_hashes()
        if any(mosquitto.log.is_away(each) for each in accounts if each.startswith(LISTENERS)):
            mosquitto.save()
        return True
