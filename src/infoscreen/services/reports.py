"""The border of what devices send: one message in, one report out, or the reason why it is dropped.

The kinds are read in `report_readers.py`; reports are gathered in `report_batches.py` and stored by `intake.py`.
"""

from datetime import datetime

from pydantic import ValidationError

from infoscreen.services.ports import Received
from infoscreen.services.refusals import Reason, Unreadable
from infoscreen.services.report_readers import DISCOVERY, READERS, Report, read_discovery
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind


def subject_of(topic: str) -> tuple[str, str]:
    """Kind and client of a message by its topic, whatever its payload is."""
    if topic == topics.DISCOVERY:
        return DISCOVERY, ""
    parsed = topics.parse_report(topic)
    return (parsed.kind, parsed.uuid) if parsed else ("unknown", "")


def read(message: Received, at: datetime) -> Report:
    """Read one message that came in at an instant (UTC). Raises `Unreadable` and nothing else."""
    try:
        return _read(message, at)
    except Unreadable:
        raise
    except ValidationError as error:
        raise Unreadable(_reason(error, message.payload or b"")) from error
    except Exception as error:  # the border: whatever a payload provokes (years beyond 9999, deep nesting) ends here
        raise Unreadable(Reason.INVALID) from error


def _read(message: Received, at: datetime) -> Report:
    topic = topics.parse_report(message.topic)
    if topic is None and message.topic != topics.DISCOVERY:
        raise Unreadable(Reason.UNKNOWN_TOPIC)
    if message.payload is None:
        raise Unreadable(Reason.TOO_LARGE)
    # A heartbeat kept by the broker would prove life at every reconnect, long after the device is gone.
    if message.retained and not (topic and topic.kind is ReportKind.SERVICE_FAILED):
        raise Unreadable(Reason.RETAINED)
    return READERS[topic.kind](topic, message.payload, at) if topic else read_discovery(message.payload, at)


def _reason(error: ValidationError, payload: bytes) -> Reason:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] != "json_invalid":
        return Reason.INVALID
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return Reason.BAD_UTF8
    return Reason.NOT_JSON
