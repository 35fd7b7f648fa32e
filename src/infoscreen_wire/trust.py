"""By what a device and the server know that they speak of the same certificates of CAs."""

import hashlib


def fingerprint(ca_certificates: str) -> str:
    """Of the whole PEM text, in hexadecimal."""
    return hashlib.sha256(ca_certificates.encode()).hexdigest()
