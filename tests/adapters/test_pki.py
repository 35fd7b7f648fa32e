"""The PKI on a real disk: what it issues, who may read it, and that neither a kill nor a way back leaves it broken."""

import os
import shutil
import ssl
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from infoscreen.adapters.pki.authority import Authority
from infoscreen.adapters.pki.certificates import make_ca, pem
from infoscreen.domain.pki import PkiMissing, PkiRefused, Stage
from killed_renewals import killed_at

NOW = datetime(2026, 11, 21, tzinfo=UTC)
HOST = "broker.example"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    made = Authority(tmp_path / "pki")
    made.init([HOST, "10.0.0.7"], NOW)
    return made


def server_chain(authority: Authority) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(authority.server_certificate_file.read_bytes())


def trusted(authority: Authority) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(authority.ca_file.read_bytes())


def is_trusted(chain: list[x509.Certificate], roots: list[x509.Certificate], now: datetime = NOW) -> bool:
    verifier = PolicyBuilder().store(Store(roots)).time(now).build_server_verifier(x509.DNSName(HOST))
    try:
        verifier.verify(chain[0], chain[1:])
    except VerificationError:
        return False
    return True


def assert_works(authority: Authority) -> None:
    """The pair is one, OpenSSL takes it, and who trusts `ca.crt` trusts the server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.server_certificate_file, authority.server_key_file)
    assert is_trusted(server_chain(authority), trusted(authority))


def test_what_is_made_works(authority: Authority) -> None:
    assert_works(authority)
    assert authority.status().server().hosts == (HOST, "10.0.0.7", "localhost", "127.0.0.1", "::1")  # type: ignore[union-attr]


def test_the_ca_lives_ten_years_and_the_server_certificate_one(authority: Authority) -> None:
    server, ca = authority.status().certificates
    assert (server.seconds_left(NOW) / 86_400, ca.seconds_left(NOW) / 86_400) == (365, 3652)


def test_keys_are_their_owners_only(authority: Authority) -> None:
    authority.renew_server(NOW)
    keys = list(authority.server_key_file.parents[1].glob("versions/*/*.key"))
    assert len(keys) == 4
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}
    assert authority.server_key_file.parents[1].stat().st_mode & 0o777 == 0o711


@pytest.fixture
def somebodys() -> Iterator[Path]:
    """The data directory of another user, who can reach it: the tests' own place is closed to everybody else."""
    if os.geteuid() != 0:
        pytest.skip("only root can work for somebody else")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        data = Path(place) / "data"
        data.mkdir()
        os.chown(data, 65534, 65534)
        yield data


def test_what_root_makes_belongs_to_the_owner_of_the_data_directory(somebodys: Path) -> None:
    authority = Authority(somebodys / "pki")
    authority.init([HOST], NOW)
    authority.renew_server(NOW)
    made = [somebodys / "pki", *(somebodys / "pki").rglob("*")]
    assert {path.lstat().st_uid for path in made} == {65534}
    assert os.geteuid() == 0


def test_root_is_not_led_by_a_link_to_where_the_owner_could_not_go(somebodys: Path) -> None:
    secret = somebodys.parent / "secret"
    secret.write_text("roots own")
    secret.chmod(0o600)
    authority = Authority(somebodys / "pki")
    authority.init([HOST], NOW)
    (authority.server_key_file.parent / "planted").symlink_to(secret)
    with pytest.raises((PermissionError, shutil.Error)):
        authority.renew_server(NOW)
    assert not [file for file in somebodys.rglob("planted") if not file.is_symlink()]
    assert os.geteuid() == 0


def test_there_is_only_one_beginning(authority: Authority) -> None:
    with pytest.raises(PkiRefused, match="infoscreen pki rotate"):
        authority.init([HOST], NOW)


def test_before_the_beginning_nothing_can_be_renewed_and_the_way_is_told(tmp_path: Path) -> None:
    with pytest.raises(PkiMissing, match="infoscreen pki init"):
        Authority(tmp_path).renew_server(NOW)


def test_a_renewal_keeps_the_hosts_and_nobody_has_to_be_told(authority: Authority) -> None:
    before, known = server_chain(authority)[0], trusted(authority)
    authority.renew_server(NOW + timedelta(days=250))
    after = server_chain(authority)[0]
    assert after.serial_number != before.serial_number
    assert after.public_key() != before.public_key()
    assert is_trusted([after], known, NOW + timedelta(days=370))
    assert HOST in authority.status().certificates[0].hosts


def test_an_expired_certificate_is_not_trusted(authority: Authority) -> None:
    assert not is_trusted(server_chain(authority), trusted(authority), NOW + timedelta(days=366))


def test_what_is_due_or_missing_is_renewed_by_itself_and_nothing_else(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    assert authority.ensure([HOST], NOW)
    assert not authority.ensure([HOST], NOW + timedelta(days=240))
    assert authority.ensure([HOST], NOW + timedelta(days=244))
    assert authority.ensure(["another.example"], NOW + timedelta(days=244))
    assert {HOST, "another.example"} <= set(authority.status().certificates[0].hosts)


def test_after_a_way_back_nothing_is_renewed_by_itself_until_somebody_renews(authority: Authority) -> None:
    later = NOW + timedelta(days=300)
    first = server_chain(authority)
    assert authority.ensure([HOST], later)
    authority.go_back(later)
    assert not authority.ensure([HOST], later)
    assert (server_chain(authority), authority.status().is_held) == (first, True)
    authority.renew_server(later)
    assert (server_chain(authority) != first, authority.status().is_held) == (True, False)


def test_there_is_no_way_back_before_the_beginning_or_to_what_has_expired(authority: Authority) -> None:
    with pytest.raises(PkiRefused, match="nothing to go back to"):
        authority.go_back(NOW)
    authority.renew_server(NOW + timedelta(days=300))
    with pytest.raises(PkiRefused, match="expired"):
        authority.go_back(NOW + timedelta(days=366))


def test_the_ca_is_renewed_so_that_whoever_follows_a_step_late_is_never_locked_out(authority: Authority) -> None:
    known = [trusted(authority)]
    chains = [server_chain(authority)]
    for stage in (Stage.BOTH_TRUSTED, Stage.SWITCHED, Stage.STEADY):
        assert authority.advance_ca(NOW) is stage
        known.append(trusted(authority))
        chains.append(server_chain(authority))
        assert_works(authority)
    for step in range(1, 4):
        assert is_trusted(chains[step], known[step - 1])
        assert is_trusted(chains[step - 1], known[step])
    assert not is_trusted(chains[3], known[0])
    assert not is_trusted(chains[0], known[3])


def test_every_step_of_the_ca_can_be_taken_back(authority: Authority) -> None:
    first = (trusted(authority), server_chain(authority))
    for _ in range(3):
        authority.advance_ca(NOW)
    for stage in (Stage.SWITCHED, Stage.BOTH_TRUSTED, Stage.STEADY):
        authority.go_back(NOW)
        assert authority.status().stage is stage
        assert_works(authority)
    assert (trusted(authority), server_chain(authority)) == first


def test_only_what_a_way_back_needs_is_kept(authority: Authority) -> None:
    for _ in range(8):
        authority.renew_server(NOW)
    assert len(list((authority.ca_file.parents[1] / "versions").iterdir())) == 5


def test_a_given_ca_issues(tmp_path: Path) -> None:
    school = make_ca(NOW)
    authority = Authority(tmp_path)
    authority.init([HOST], NOW, given=(school.certificates_pem, pem(school.key)))
    assert is_trusted(server_chain(authority), [school.certificate])


def test_a_given_ca_with_a_foreign_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PkiRefused, match="not the key"):
        Authority(tmp_path).init([HOST], NOW, given=(make_ca(NOW).certificates_pem, pem(make_ca(NOW).key)))


def test_a_server_certificate_is_no_ca(authority: Authority, tmp_path: Path) -> None:
    given = (authority.server_certificate_file.read_bytes(), authority.server_key_file.read_bytes())
    with pytest.raises(PkiRefused, match="not one of a CA"):
        Authority(tmp_path / "other").init([HOST], NOW, given=given)


def test_an_expired_ca_is_refused(tmp_path: Path) -> None:
    old = make_ca(NOW - timedelta(days=4000))
    with pytest.raises(PkiRefused, match="not valid"):
        Authority(tmp_path).init([HOST], NOW, given=(old.certificates_pem, pem(old.key)))


@pytest.mark.parametrize("junk", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n"])
def test_junk_is_no_ca(junk: bytes, tmp_path: Path) -> None:
    with pytest.raises(PkiRefused, match="cannot be read"):
        Authority(tmp_path).init([HOST], NOW, given=(junk, pem(make_ca(NOW).key)))
    assert Authority(tmp_path).version is None


def test_nothing_outlives_its_ca(authority: Authority) -> None:
    authority.renew_server(NOW + timedelta(days=3600))
    server, ca = authority.status().certificates
    assert server.not_after == ca.not_after


def test_a_certificate_for_a_client_is_no_server_and_holds_its_key(authority: Authority) -> None:
    issued = authority.issue("pi-aula-1", NOW)
    certificate = x509.load_pem_x509_certificate(issued)
    key = load_pem_private_key(issued, None)
    assert certificate.public_key() == key.public_key()
    assert not is_trusted([certificate], trusted(authority))
    roots = PolicyBuilder().store(Store(trusted(authority))).time(NOW).build_client_verifier()
    assert roots.verify(certificate, []).chain == [certificate, trusted(authority)[0]]


@pytest.mark.parametrize("change", ["init", "server", "ca", "back"])
def test_killed_before_any_step_it_works_as_before_or_as_after_and_can_go_on(change: str, tmp_path: Path) -> None:
    at = killed = 0
    while True:
        at += 1
        directory = tmp_path / str(at)
        authority = Authority(directory)
        if change != "init":
            authority.init([HOST], NOW)
            authority.advance_ca(NOW)
        if not killed_at(directory, NOW, change, at):
            break
        killed += 1
        if authority.version is None:
            assert change == "init"
            authority.init([HOST], NOW)
        assert_works(authority)
        authority.status()
        authority.renew_server(NOW)
        authority.advance_ca(NOW)
        assert_works(authority)
        shutil.rmtree(directory)
    assert killed >= 5
    assert_works(authority)
