"""The broker's files: exact rules, nothing smuggled in, replaced as a whole, and passwords that stay."""

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.adapters.broker_files import (
    BrokerFiles,
    acl_lines,
    password_lines,
    renew_server_password,
    replace_file,
    server_password,
    server_passwords,
)
from infoscreen.domain.broker_accounts import SERVER_USERNAMES, Grant, password_fits, password_hash
from infoscreen_wire.access import Rule, device_rules

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
HASH = password_hash("password", b"s" * 12)
SCREEN = Grant("infoscreen-client-9b8d1856", HASH, device_rules(UUID, 12))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_device_gets_a_section_with_its_exact_topics() -> None:
    lines = acl_lines([SCREEN]).splitlines()
    assert lines[0] == "user infoscreen-client-9b8d1856"
    assert f"topic read infoscreen/{UUID}/commands" in lines
    assert "topic read infoscreen/events/12" in lines
    assert f"topic write infoscreen/{UUID}/heartbeat" in lines
    assert not [line for line in lines if "#" in line or "+" in line]


def test_reading_and_writing_one_topic_is_one_line() -> None:
    both = Rule("internal/notices/#", publish=True, subscribe=True)
    assert acl_lines([Grant("api", HASH, (both,))]) == "user api\ntopic readwrite internal/notices/#\n"


def test_a_rule_that_allows_nothing_is_no_line() -> None:
    assert acl_lines([Grant("api", HASH, (Rule("internal/notices/#"),))]) == "user api\n"


def test_the_password_file_has_name_and_hash() -> None:
    assert password_lines([SCREEN]) == f"infoscreen-client-9b8d1856:{HASH}\n"


def test_both_files_are_for_their_owner_only(tmp_path: Path) -> None:
    files = BrokerFiles(tmp_path)
    files.write([SCREEN])
    assert (mode(files.password_file), mode(files.acl_file)) == (0o600, 0o600)


def test_each_writing_revokes_the_password_that_the_writing_before_proved(tmp_path: Path) -> None:
    files = BrokerFiles(tmp_path)
    first, second = files.write([SCREEN]), files.write([SCREEN])
    assert second.revoked_password == first.password
    probes = [line for line in files.password_file.read_text().splitlines() if line.startswith(second.username)]
    assert len(probes) == 1
    assert password_fits(second.password, probes[0].split(":", 1)[1])


def test_the_probe_has_no_rights(tmp_path: Path) -> None:
    files = BrokerFiles(tmp_path)
    probe = files.write([SCREEN])
    assert files.acl_file.read_text().endswith(f"user {probe.username}\n")


@pytest.mark.parametrize(
    "smuggled",
    [
        Grant("a\nuser b", HASH, ()),
        Grant("a:$7$1$a$a\nb", HASH, ()),
        Grant("", HASH, ()),
        Grant("#a", HASH, ()),
        Grant("infoscreen-probe", HASH, (Rule("internal/health/probe", publish=True),)),
        Grant("a", f"{HASH}\nb:{HASH}", ()),
        Grant("a", "", ()),
        Grant("a", HASH, (Rule("t\ntopic readwrite #", publish=True),)),
        Grant("a", HASH, (Rule("infoscreen/{uuid}/health", publish=True),)),
        Grant("a", HASH, (Rule("", subscribe=True),)),
    ],
)
def test_an_account_that_would_smuggle_in_lines_is_left_out_and_the_others_are_not(
    smuggled: Grant, tmp_path: Path
) -> None:
    files, alone = BrokerFiles(tmp_path), acl_lines([SCREEN])
    files.write([smuggled, SCREEN])
    assert files.acl_file.read_text() == f"{alone}\nuser infoscreen-probe\n"
    assert len(files.password_file.read_text().splitlines()) == 2


@given(st.text(), st.text(), st.text())
def test_whatever_names_are_written_there_are_no_more_lines_than_meant(
    tmp_path_factory: pytest.TempPathFactory, username: str, hashed: str, topic: str
) -> None:
    files = BrokerFiles(tmp_path_factory.mktemp("files"))
    files.write([Grant(username, hashed, ()), Grant(username, HASH, (Rule(topic, publish=True),))])
    assert len(files.password_file.read_text().splitlines()) <= 2
    assert len(files.acl_file.read_text().splitlines()) <= 4


def test_a_full_disk_leaves_the_old_file_and_no_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "acl_file"
    replace_file(file, "old")

    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="no space left"):
        replace_file(file, "new")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("acl_file", "old")]


def test_every_server_process_has_a_long_password_of_its_own_that_stays(tmp_path: Path) -> None:
    made = server_passwords(tmp_path / "broker")
    assert set(made) == set(SERVER_USERNAMES)
    assert len(set(made.values())) == len(SERVER_USERNAMES)
    assert min(map(len, made.values())) >= 32
    assert server_passwords(tmp_path / "broker") == made
    assert mode(tmp_path / "broker" / "server_accounts.json") == 0o600


def test_processes_that_start_together_agree_on_the_passwords(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: server_passwords(tmp_path), range(8)))
    assert made == [made[0]] * 8


def test_a_process_finds_its_own_password(tmp_path: Path) -> None:
    username = "infoscreen-server-api-1"
    assert server_password(tmp_path, username) == server_passwords(tmp_path)[username]
    with pytest.raises(LookupError, match="infoscreen-server-api-9"):
        server_password(tmp_path, "infoscreen-server-api-9")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can work for somebody else")
def test_what_root_writes_can_be_read_by_the_owner_of_the_directory(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    files = BrokerFiles(tmp_path)
    with files.held():
        files.write([])
    username = next(iter(server_passwords(tmp_path)))
    renew_server_password(tmp_path, username)
    assert {path.name for path in tmp_path.iterdir()} > {"password_file", "acl_file", "server_accounts.json"}
    assert {(path.stat().st_uid, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == {(65534, 0o600)}


def test_a_link_in_the_place_of_a_lock_leads_nowhere(tmp_path: Path) -> None:
    target = tmp_path / "target"
    (tmp_path / "broker").mkdir()
    (tmp_path / "broker" / "sync.lock").symlink_to(target)
    with pytest.raises(OSError, match="symbolic link"), BrokerFiles(tmp_path / "broker").held():
        pass
    assert not target.exists()


def test_a_renewed_password_is_another_one_and_the_others_stay(tmp_path: Path) -> None:
    before = server_passwords(tmp_path)
    username = next(iter(before))
    made = renew_server_password(tmp_path, username)
    assert made != before[username]
    assert server_passwords(tmp_path) == before | {username: made}
    with pytest.raises(LookupError):
        renew_server_password(tmp_path, "infoscreen-server-api-9")
