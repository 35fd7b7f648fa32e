"""The broker's own figures (`$SYS`), which the listener subscribes to, as metrics."""

from prometheus_client import Gauge

from infoscreen.services.ports import Received


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


def take_figure(message: Received) -> bool:
    """Note a figure; False for a message that is something else."""
    if not message.topic.startswith("$SYS/"):
        return False
    gauge = GAUGES.get(message.topic)
    try:
        if gauge and message.payload:
            gauge.set(float(message.payload))
    except ValueError:
        pass  # a broker of another make may have other figures there
    return True
