"""A real installation that is not safe does not start: a sentence for each fault, and exit 2."""

import secrets

import pytest

from tisu.foundation import startup
from tisu.foundation.ringfile import create_key_ring
from tisu.foundation.rooms import declared
from tisu.foundation.startup import faults_at_start, refuse_unsafe_start


@pytest.fixture(autouse=True)
def safe(settings, tmp_path):
    """An installation as it should be; no test of this file has a database."""
    settings.DATA = tmp_path
    settings.KEY_RING = tmp_path / "keyring.json"
    settings.SECRET_KEY = secrets.token_urlsafe(48)
    settings.DEMONSTRATION = settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["tisu.example"]
    create_key_ring(settings.KEY_RING)
    return settings


@pytest.fixture(autouse=True)
def rooms_quiet(monkeypatch):
    """What rooms check is tested with them."""
    monkeypatch.setattr(startup, "declared", lambda _registry: iter(()))


def told(capsys) -> list[str]:
    with pytest.raises(SystemExit) as ended:
        refuse_unsafe_start()
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()


def test_starts_when_nothing_is_wrong(capsys):
    refuse_unsafe_start()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "x",
        "changeme",
        "9f4ef60d5bbdca0f05507cb9d5df8e",
        "a" * 64,
        "abcabcabc" * 8,
        "django-insecure-" + "g6&3f#k2!q9^s8*d7(h5)j4" * 2,
        "only-for-tests-only-for-tests-only-for-tests-only",
    ],
)
def test_does_not_start_with_a_secret_that_is_missing_short_or_known(safe, capsys, secret):
    safe.SECRET_KEY = secret
    [line] = told(capsys)
    assert "TISU_SECRET_KEY" in line and (len(secret) < 9 or secret not in line)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [("DEBUG", True, "TISU_DEBUG"), ("ALLOWED_HOSTS", ["a.example", "*"], "TISU_HOSTS")],
)
def test_does_not_start_with_settings_that_are_not_safe(safe, capsys, name, value, named):
    setattr(safe, name, value)
    [line] = told(capsys)
    assert named in line and line.endswith((".", "。"))


@pytest.mark.parametrize("name", ["keyring.json", "secret.key"])
def test_does_not_start_with_keys_that_others_can_read(safe, capsys, name):
    (safe.DATA / name).touch()
    (safe.DATA / name).chmod(0o640)
    [line] = told(capsys)
    assert name in line and "600" in line


def test_does_not_start_without_a_key_ring(safe, capsys):
    safe.KEY_RING.unlink()
    [line] = told(capsys)
    assert "keyring.json" in line


def test_says_every_fault_at_once(safe, capsys):
    safe.DEBUG, safe.SECRET_KEY, safe.ALLOWED_HOSTS = True, "x", ["*"]
    safe.KEY_RING.chmod(0o644)
    assert len(told(capsys)) == 4


def test_looks_at_the_ring_anew_even_when_it_was_read_before(safe):
    assert list(faults_at_start()) == []
    safe.KEY_RING.chmod(0o644)
    assert len(list(faults_at_start())) == 1


def test_asks_every_room(monkeypatch, capsys):
    monkeypatch.setattr(startup, "declared", lambda registry: iter([lambda: iter([f"{registry} speaks."])]))
    assert told(capsys) == ["tisu: start_checks speaks."]
    assert list(declared("start_checks"))


def test_starts_a_demonstration_as_it_is(safe, capsys):
    safe.DEMONSTRATION, safe.DEBUG, safe.ALLOWED_HOSTS = True, True, ["*"]
    refuse_unsafe_start()
    assert capsys.readouterr().err == ""
