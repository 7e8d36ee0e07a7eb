"""`tisu init` prepares an installation once; `tisu doctor` says what is wrong with it."""

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from cast import PASSWORD, SHANGHAI
from tisu.accounts.management.commands.doctor import faults_found
from tisu.accounts.models import User
from tisu.foundation import clock


def tisu(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    left_out = ("TISU_SECRET_KEY", "TISU_DATABASE_URL", "TISU_DATA", "TISU_REGION")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"TISU_DATA": str(data), "PYTHONPATH": str(Path(__file__).parents[3])} | more
    command = [sys.executable, "-m", "tisu", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder, and what the first `init` said."""
    data = tmp_path_factory.mktemp("fresh") / "data"
    return data, tisu(data, "init", "--region", "422826")


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
    told = tisu(data, "doctor", TISU_TLS="true")
    beyond = told.stdout.count("\n") - (told.returncode == 0)
    assert told.returncode in (0, 1) and beyond <= 1, told.stdout


def test_says_that_others_can_read_the_keys(installed):
    data, _first = installed
    (data / "keyring.json").chmod(0o644)
    told = tisu(data, "doctor")
    (data / "keyring.json").chmod(0o600)
    assert told.returncode == 1 and "keyring.json" in told.stdout


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
def healthy(county, settings):
    settings.BEHIND_TLS = True


def test_finds_the_test_county_healthy(healthy):
    assert list(faults_found()) == []


def test_names_demonstration_accounts_outside_a_demonstration(healthy, settings):
    User.objects.filter(username="zhujian").update(is_demonstration=True)
    [fault] = faults_found()
    assert "zhujian" in fault
    settings.DEMONSTRATION = True
    assert list(faults_found()) == []


@pytest.mark.parametrize(("name", "value"), [("DEBUG", True), ("BEHIND_TLS", False)])
def test_names_settings_that_are_not_safe(healthy, settings, name, value):
    setattr(settings, name, value)
    assert len(list(faults_found())) == 1


def test_names_a_calendar_that_ends_soon(healthy):
    with clock.at(datetime(2026, 11, 23, tzinfo=SHANGHAI)):
        [fault] = faults_found()
    assert "2027" in fault


def test_names_a_missing_key_ring(healthy, settings, tmp_path):
    settings.KEY_RING = tmp_path / "none.json"
    [fault] = faults_found()
    assert "none.json" in fault


def test_names_a_missing_administrator(healthy, county):
    User.objects.filter(username="auditor").update(is_active=False)
    assert len(list(faults_found())) == 1


def test_names_a_missing_cache_table(healthy, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "nowhere"}}
    assert len(list(faults_found())) == 1


def test_exits_with_1_when_something_is_wrong(healthy, settings, capsys):
    settings.DEBUG = True
    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 1
    assert PASSWORD not in capsys.readouterr().out
