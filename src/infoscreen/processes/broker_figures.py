"""The broker's own figures (`$SYS`), which the listener subscribes to, as metrics."""

from contextlib import suppress

from prometheus_client import Gauge


def _gauge(name: str, text: str) -> Gauge:
    return Gauge(f"infoscreen_broker_{name}", text, multiprocess_mode="mostrecent")


GAUGES = {
    "$SYS/broker/clients/connected": _gauge("clients_connected", "Connections to the broker."),
    "$SYS/broker/clients/disconnected": _gauge("clients_away", "Persistent sessions whose connection is away."),
    "$SYS/broker/publish/messages/dropped": _gauge("messages_dropped", "Messages dropped since the broker's start."),
    "$SYS/broker/store/messages/count": _gauge("messages_stored", "Messages in store: queued and retained ones."),
    "$SYS/broker/store/messages/bytes": _gauge("messages_stored_bytes", "Payload of the messages in store."),
    "$SYS/broker/retained messages/count": _gauge("messages_retained", "Retained messages."),
    "$SYS/broker/subscriptions/count": _gauge("subscriptions", "Subscriptions."),
}


def take_figure(topic: str, payload: bytes) -> None:
    """Note a figure, if it is one of those told."""
    gauge = GAUGES.get(topic)
    if gauge:
        with suppress(ValueError):  # a broker of another make may say something else there
            gauge.set(float(payload))
