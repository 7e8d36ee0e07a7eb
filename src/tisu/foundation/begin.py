"""Reference data that an installation begins with: each app's `reference.py` has `load()`, run ground first.

`load()` is idempotent: it adds what is missing and leaves what the county changed.
"""

from tisu.foundation.rooms import modules


def load_reference() -> None:
    for _app, module in modules("reference"):
        module.load()
