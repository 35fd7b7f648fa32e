"""Keys and certificates: made, issued, read. Where they are kept is in `authority.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from infoscreen.domain.pki import BACKDATED, CA_LIFE, CERTIFICATE_LIFE, Certificate, Host, PkiRefused, Purpose

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_COMMON_NAME_AT_MOST = 64


@dataclass(frozen=True, slots=True)
class Issuer:
    """A CA's key and its certificate, followed by those of the CAs above it up to the root."""

    key: Key
    chain: tuple[x509.Certificate, ...]

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]

    @property
    def certificates_pem(self) -> bytes:
        return b"".join(pem(each) for each in self.chain)


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its certificate, followed by what lies between that and the root; both as PEM."""

    key_pem: bytes
    certificates_pem: bytes


def make_ca(now: datetime) -> Issuer:
    """A new CA of our own; its name is not shared with any other, so that both can be trusted at a time."""
    key = ec.generate_private_key(ec.SECP256R1())
    serial = x509.random_serial_number()
    name = _name(f"Infoscreen CA {serial % 16**8:08x}")
    builder = (
        _builder(name, name, key, serial)
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Issuer(key, (builder.sign(key, SHA256()),))


def given_ca(certificates_pem: bytes, key_pem: bytes, now: datetime) -> Issuer:
    """A CA that somebody else made. Raises `PkiRefused` when it cannot issue anything."""
    issuer = read_issuer(certificates_pem, key_pem)
    certificate = issuer.certificate
    if not _is_ca(certificate):
        raise PkiRefused("The given CA certificate is not one of a CA (basicConstraints, keyUsage).")
    if certificate.public_key() != issuer.key.public_key():
        raise PkiRefused("The given key is not the key of the given CA certificate.")
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise PkiRefused("The given CA certificate is not valid at this time.")
    _check_chain(issuer.chain)
    return issuer


def read_issuer(certificates_pem: bytes, key_pem: bytes) -> Issuer:
    """Read what `Issuer.certificates_pem` and `pem` wrote. Raises `PkiRefused`."""
    try:
        key = load_pem_private_key(key_pem, None)
        chain = tuple(x509.load_pem_x509_certificates(certificates_pem))
    except (ValueError, TypeError) as error:
        raise PkiRefused("CA certificate or key cannot be read: both must be PEM, the key without password.") from error
    if not isinstance(key, Key):
        raise PkiRefused("The CA's key must be an EC or RSA key.")
    return Issuer(key, chain)


def issue_server(issuer: Issuer, hosts: Sequence[Host], now: datetime) -> Pair:
    """A server's certificate for these names and addresses."""
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    return _issue(issuer, str(hosts[0]), names, ExtendedKeyUsageOID.SERVER_AUTH, now)


def issue_client(issuer: Issuer, name: str, now: datetime) -> Pair:
    """A client's certificate, which comes on top of its password."""
    names = x509.SubjectAlternativeName([x509.DNSName(name)])
    return _issue(issuer, name, names, ExtendedKeyUsageOID.CLIENT_AUTH, now)


def describe(certificate: x509.Certificate, purpose: Purpose) -> Certificate:
    """A certificate as it is told to people."""
    return Certificate(
        purpose=purpose,
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        hosts=_hosts(certificate),
    )


def pem(part: x509.Certificate | Key) -> bytes:
    """A certificate or a key as PEM."""
    if isinstance(part, x509.Certificate):
        return part.public_bytes(Encoding.PEM)
    return part.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _issue(
    issuer: Issuer, name: str, names: x509.SubjectAlternativeName, purpose: x509.ObjectIdentifier, now: datetime
) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    above = issuer.certificate
    builder = (
        _builder(_name(name), above.subject, key, x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        # What outlives its CA is not trusted anyway, and nobody would be warned.
        .not_valid_after(min(now + CERTIFICATE_LIFE, above.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_authority_key(issuer), critical=False)
    )
    certificate = builder.sign(issuer.key, SHA256())
    between = [each for each in issuer.chain if each.issuer != each.subject]
    return Pair(pem(key), b"".join(pem(each) for each in (certificate, *between)))


def _builder(subject: x509.Name, issuer: x509.Name, key: Key, serial: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(serial)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:_COMMON_NAME_AT_MOST])])


def _general_name(host: Host) -> x509.GeneralName:
    return x509.DNSName(host) if isinstance(host, str) else x509.IPAddress(host)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_key(issuer: Issuer) -> x509.AuthorityKeyIdentifier:
    try:
        own = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    except x509.ExtensionNotFound:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _is_ca(certificate: x509.Certificate) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return constraints.ca and usage.key_cert_sign


def _check_chain(chain: Sequence[x509.Certificate]) -> None:
    above = [*chain[1:], chain[-1]]  # the root issues itself
    for certificate, issuer in zip(chain, above, strict=True):
        try:
            certificate.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature) as error:
            raise PkiRefused(
                "The file of the given CA must hold its certificate and all above it, root last."
            ) from error


def _hosts(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(each.value) for each in names if isinstance(each, x509.DNSName | x509.IPAddress))
