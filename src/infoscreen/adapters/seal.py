"""Keeps short secrets unreadable in the database, with keys derived from the installation's `SECRET_KEY`."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from infoscreen.services.ports import Unsealable


class KeyedSeal:
    """Fernet (AES-128-CBC with HMAC) for what must be read again, HMAC-SHA256 for what is only compared."""

    def __init__(self, secret_key: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(_derived(secret_key, b"infoscreen sealing")))
        self._fingerprint_key = _derived(secret_key, b"infoscreen fingerprints")

    def seal(self, text: str) -> str:
        """The text, unreadable without the key."""
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The text again; raises `Unsealable`, as after a change of the key."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Unsealable from error

    def fingerprint(self, text: str) -> str:
        """Always the same for a text, in hexadecimal; without the key it cannot even be checked against guesses."""
        return hmac.new(self._fingerprint_key, text.encode(), hashlib.sha256).hexdigest()


def _derived(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())
