"""How a file arrives: streamed into a temporary file without a name, and no further than it may be long.

Without a name nothing of it is left when the process ends, however it ends. Every form of the house reads its files
so (settings.FILE_UPLOAD_HANDLERS); what is larger than a document may be ends as a file that says so (`is_too_large`),
so that the form can still answer and keep what was typed.
"""

import tempfile
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from tisu.documents.caps import MB, most_bytes


def unnamed_file() -> BinaryIO:
    """On the disk of the data folder, and gone when it is closed or its process ends."""
    return tempfile.TemporaryFile(dir=settings.DATA)


class ArrivedFile(UploadedFile):
    """A file of a request. `overflow` says that it was longer than allowed, alone or with the ones before it; then
    nothing of it was kept."""

    overflow = False


class CountedUpload(FileUploadHandler):
    """Counts files and bytes of one request while they come in."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._files, self._bytes = 0, 0
        self._most = max(settings.DOCUMENTS_MB, settings.DOCUMENT_MB) * MB

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        self._files += 1
        if (
            self._files > 3 * settings.DOCUMENTS_AT_ONCE
        ):  # a few too many are told so; this is no person's form
            raise SkipFile
        self._arrived = ArrivedFile(
            file=unnamed_file(),
            name=self.file_name,
            content_type=self.content_type,
            size=0,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """What is too much is read on to the end and dropped, so that the form can answer; but not for ever."""
        self._bytes += len(raw_data)
        if self._bytes > 5 * self._most:
            raise StopUpload(connection_reset=True)
        if self._bytes > self._most or start + len(raw_data) > most_bytes():
            self._arrived.overflow = True
            self._arrived.file.truncate(0)
        if not self._arrived.overflow:
            self._arrived.file.write(raw_data)

    def file_complete(self, file_size: int) -> ArrivedFile:
        self._arrived.file.seek(0)
        self._arrived.size = file_size
        return self._arrived

    def upload_interrupted(self) -> None:
        if hasattr(self, "_arrived"):
            self._arrived.close()
