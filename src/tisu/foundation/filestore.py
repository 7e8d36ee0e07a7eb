"""Where files are kept: a folder, or S3-compatible storage. Read by settings, so it imports nothing that needs them."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

IN_MEMORY = (
    2 * 1024 * 1024
)  # of a file fetched from S3; the rest of it lies in a temporary file, sealed as it is
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def read_file_store(url: str, folder: Path) -> dict[str, Any]:
    """The storage that `s3://key:secret@host:port/bucket?region=…` names; without it, this folder.

    Name and secret are percent-encoded where need be. Plain http, `s3+http://`, goes to this very machine alone.
    """
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": folder,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts = None
    bucket = parts.path.strip("/") if parts else ""
    if parts is None or not parts.hostname or not bucket or "/" in bucket or not _is_allowed(parts):
        # Without what was given: it holds a secret.
        raise ImproperlyConfigured(
            "TISU_FILES takes s3:// with key, secret, host, port and bucket (s3+http:// on this machine alone)."
        )
    region = dict(pair.partition("=")[::2] for pair in parts.query.split("&")).get("region") or "us-east-1"
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "endpoint_url": f"{'https' if parts.scheme == 's3' else 'http'}://{parts.hostname}{port}",
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": bucket,
            "region_name": region,
            "addressing_style": "path",
            "max_memory_size": IN_MEMORY,
        },
    }


def _is_allowed(parts: Any) -> bool:
    return parts.scheme == "s3" or (parts.scheme == "s3+http" and parts.hostname in LOOPBACK)
