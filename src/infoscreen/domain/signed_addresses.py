"""Signed addresses: what lets a device fetch a group's file without a login, until a day after the event's end.

The same event, group and end always give the same address, so that a published list changes only when it must.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

VALID_AFTER_END = timedelta(hours=24)
# Keeps these signatures apart from whatever else the same key signs.
PURPOSE = b"infoscreen-address-1"


def signature(key: bytes, path: str, group_id: int, expires: int) -> str:
    """The signature of a path (not quoted) for a group; `expires` in seconds since 1970."""
    signed = b"\n".join((PURPOSE, str(group_id).encode(), str(expires).encode(), path.encode()))
    return hmac.new(key, signed, hashlib.sha256).hexdigest()


def signed_address(key: bytes, base_url: str, path: str, group_id: int, event_end: datetime) -> str:
    """The whole address of a path for the devices of a group, valid until a day after the event's end."""
    expires = int((event_end + VALID_AFTER_END).timestamp())
    query = {"group": group_id, "expires": expires, "signature": signature(key, path, group_id, expires)}
    return f"{base_url}{quote(path)}?{urlencode(query)}"


def is_signed(key: bytes, path: str, query: Mapping[str, str], now: datetime) -> bool:
    """Whether the query of an address for this path carries a signature that is ours and still valid."""
    group, expires, given = query.get("group", ""), query.get("expires", ""), query.get("signature", "")
    if not (_is_number(group) and _is_number(expires)) or int(expires) < now.timestamp():
        return False
    expected = signature(key, path, int(group), int(expires))
    return hmac.compare_digest(expected.encode(), given.encode())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
