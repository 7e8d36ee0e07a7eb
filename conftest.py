"""What every test may rely on: a throw-away data folder, a key ring, a fixed cast and a fixed day."""

import os
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="tisu-test-"))
os.environ["TISU_DATA"] = str(_data)
os.environ.setdefault("TISU_SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in the test's thread

pytest_plugins = ["cast"]
