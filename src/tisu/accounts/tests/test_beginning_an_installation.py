"""`tisu init` prepares an installation once; `tisu doctor` says what is wrong with it."""

import os
import re
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from cast import PASSWORD, SHANGHAI
from tisu.accounts.management.commands.doctor import faults_found
from tisu.accounts.models import User
from tisu.accounts.tokens import issue_token
from tisu.foundation import clock, holders
from tisu.foundation.boxes import make_box_keys
from tisu.foundation.keyring import Holder
from tisu.foundation.ringfile import create_key_ring
from tisu.foundation.rotation import name_holders


def tisu(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    left_out = ("TISU_SECRET_KEY", "TISU_DATABASE_URL", "TISU_DATA", "TISU_REGION")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"TISU_DATA": str(data), "PYTHONPATH": str(Path(__file__).parents[3])} | more
    command = [sys.executable, "-m", "tisu", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def python(data: Path, script: str) -> subprocess.CompletedProcess:
    """A script in the environment of that installation."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TISU_")}
    environment |= {"TISU_DATA": str(data), "PYTHONPATH": str(Path(__file__).parents[3])}
    environment["DJANGO_SETTINGS_MODULE"] = "tisu.settings"
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def run(data: Path, query: str) -> None:
    with closing(sqlite3.connect(data / "tisu.sqlite3")) as connection, connection:
        connection.execute(query)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with two recovery holders, and what the first `init` said."""
    data = tmp_path_factory.mktemp("fresh") / "data"
    first = tisu(data, "init", "--region", "422826")
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(holders, "WORK", (2**14, 8, 1))
        pairs = [holders.make_holder(name, "a long passphrase", data) for name in ("one", "other")]
    escrow = tisu(data, "keys", "escrow", *(str(public) for _holder, _private, public in pairs))
    assert escrow.returncode == 0, escrow.stderr
    return data, first


def test_begins_in_an_empty_folder(installed):
    data, first = installed
    assert first.returncode == 0, first.stderr
    assert len(re.findall(r"\b[0-9a-z]{4}(?:-[0-9a-z]{4}){3}\b", first.stdout)) == 3
    for name in ("secret.key", "keyring.json", "instance.json"):
        assert (data / name).stat().st_mode & 0o777 == 0o600


def test_changes_nothing_the_second_time(installed):
    data, _first = installed
    kept = {name: (data / name).read_bytes() for name in ("secret.key", "keyring.json", "instance.json")}
    second = tisu(data, "init")
    assert second.returncode == 0
    assert not re.findall(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", second.stdout)
    assert kept == {name: (data / name).read_bytes() for name in kept}


def test_finds_nothing_wrong_behind_tls_while_the_calendar_reaches(installed):
    data, _first = installed
    told = tisu(data, "doctor", TISU_TLS="true", TISU_PROXIES="1")
    calendar = [line for line in told.stdout.splitlines() if "日历" in line]
    others = [line for line in told.stdout.splitlines() if line not in calendar]
    assert told.returncode == 1 and len(calendar) <= 1, told.stdout
    assert ["第二重验证" in line for line in others] == [True], others  # of the first administrator


def test_says_that_others_can_read_the_keys(installed):
    data, _first = installed
    (data / "keyring.json").chmod(0o644)
    told = tisu(data, "doctor")
    (data / "keyring.json").chmod(0o600)
    assert told.returncode == 1 and "keyring.json" in told.stdout


def test_asks_for_recovery_holders_until_there_are_two(installed):
    data, first = installed
    assert "tisu keys escrow" in first.stdout
    (data / "keyring.recovery").rename(data / "elsewhere")
    told = tisu(data, "doctor", TISU_TLS="true")
    (data / "elsewhere").rename(data / "keyring.recovery")
    assert told.returncode == 1 and "keyring.recovery" in told.stdout


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"TISU_SECRET_KEY": "x"}, "TISU_SECRET_KEY"),
        ({"TISU_DEBUG": "true"}, "TISU_DEBUG"),
        ({"TISU_HOSTS": "*"}, "TISU_HOSTS"),
    ],
)
def test_does_not_serve_an_installation_that_is_not_safe(installed, more, named):
    data, _first = installed
    told = tisu(data, "serve", **more)
    assert told.returncode == 2 and named in told.stderr and "Traceback" not in told.stderr
    assert named in tisu(data, "doctor", **more).stdout


def test_does_not_serve_with_demonstration_accounts(installed):
    data, _first = installed
    demonstration = "UPDATE accounts_user SET is_demonstration = %s WHERE username = 'auditor'"
    run(data, demonstration % "true")
    told = tisu(data, "serve")
    as_application = python(data, "import tisu.wsgi")
    run(data, demonstration % "false")
    for ended in (told, as_application):
        assert ended.returncode == 2 and "auditor" in ended.stderr and "Traceback" not in ended.stderr
    assert python(data, "import tisu.wsgi").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "more"), [(("--region", "999999"), {}), ((), {"TISU_REGION": "999999"})]
)
def test_names_a_region_that_does_not_exist(tmp_path, arguments, more):
    told = tisu(tmp_path / "data", "init", *arguments, **more)
    assert told.returncode == 2 and "999999" in told.stderr
    assert not (tmp_path / "data").exists()


def test_asks_which_county_it_is_for_before_it_writes_anything(tmp_path):
    told = tisu(tmp_path / "data", "init")
    assert told.returncode == 2 and "--region" in told.stderr
    assert not (tmp_path / "data").exists()


def test_keeps_the_county_it_was_told(installed):
    data, _first = installed
    assert '"region": "422826"' in (data / "instance.json").read_text()
    told = tisu(data, "init", "--region", "422827")
    assert told.returncode == 2 and "422826" in told.stderr


# --- each fault the doctor knows, against a healthy county ---


@pytest.fixture
def healthy(county, settings, tmp_path):
    settings.BEHIND_TLS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 1
    settings.MFA_REQUIRED = frozenset()
    settings.SECRET_KEY = secrets.token_urlsafe(48)
    settings.KEY_RING = tmp_path / "keyring.json"
    create_key_ring(settings.KEY_RING)
    name_holders(settings.KEY_RING, [Holder(name, make_box_keys().public) for name in ("one", "other")])


def test_finds_the_test_county_healthy(healthy):
    assert list(faults_found()) == []


def test_names_demonstration_accounts_outside_a_demonstration(healthy, settings):
    User.objects.filter(username="zhujian").update(is_demonstration=True)
    [fault] = faults_found()
    assert "zhujian" in fault
    settings.DEMONSTRATION = True
    assert list(faults_found()) == []


UNSAFE = [("DEBUG", True), ("BEHIND_TLS", False), ("ALLAUTH_TRUSTED_PROXY_COUNT", 0)]


@pytest.mark.parametrize(("name", "value"), UNSAFE)
def test_names_settings_that_are_not_safe(healthy, settings, name, value):
    setattr(settings, name, value)
    assert len(list(faults_found())) == 1


def test_names_a_calendar_that_ends_soon(healthy):
    with clock.at(datetime(2026, 11, 23, tzinfo=SHANGHAI)):
        [fault] = faults_found()
    assert "2027" in fault


def test_names_a_missing_key_ring(healthy, settings, tmp_path):
    settings.KEY_RING.unlink()
    [fault] = faults_found()
    assert "keyring.json" in fault and "tisu init" in fault


def test_names_a_recovery_file_that_is_missing_or_was_changed(healthy, settings):
    recovery = settings.KEY_RING.with_suffix(".recovery")
    recovery.write_bytes(recovery.read_bytes()[:-9] + b'000000"}')
    [changed] = faults_found()
    recovery.unlink()
    [missing] = faults_found()
    assert "keyring.recovery" in changed and "keyring.recovery" in missing and changed != missing
    settings.DEMONSTRATION = True
    assert list(faults_found()) == []


def test_names_what_was_made_under_the_key_ring_of_another_county(healthy, settings, county, tmp_path):
    issue_token(county.people["office"])
    settings.KEY_RING = settings.KEY_RING.rename(tmp_path / "another.json")
    settings.KEY_RING.unlink()
    create_key_ring(settings.KEY_RING)
    name_holders(settings.KEY_RING, [Holder(name, make_box_keys().public) for name in ("one", "other")])
    [fault] = faults_found()
    assert "accounts_apitoken.digest" in fault and "1" in fault


def test_names_a_missing_administrator(healthy, county):
    User.objects.filter(username="auditor").update(is_active=False)
    assert len(list(faults_found())) == 1


def test_counts_who_needs_a_second_factor_and_has_none(healthy, settings, county):
    settings.MFA_REQUIRED = frozenset({"auditor", "security_admin"})
    [fault] = faults_found()
    assert "2人" in fault and not any(name in fault for name in ("auditor", "security"))
    Authenticator.objects.create(
        user=county.people["auditor"], type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    assert list(faults_found()) == [fault]
    Authenticator.objects.create(user=county.people["auditor"], type=Authenticator.Type.TOTP, data={})
    User.objects.filter(username="security").update(is_active=False)
    assert not any("2人" in fault or "1人" in fault for fault in faults_found())


def test_names_a_missing_cache_table(healthy, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "nowhere"}}
    assert len(list(faults_found())) == 1


def test_exits_with_1_when_something_is_wrong(healthy, settings, capsys):
    settings.DEBUG = True
    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 1
    assert PASSWORD not in capsys.readouterr().out
