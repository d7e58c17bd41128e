"""A file that a browser sends, kept to a size while it comes in and never under a name."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedHandler(FileUploadHandler):
    """Writes what comes to nameless files in a folder of ours: they end with the request, whatever ends it.

    Beyond so many bytes together it writes nothing more. What it hands over says its whole size all the same,
    so that the form refuses it in words rather than the connection by breaking.
    """

    def __init__(self, most_bytes: int, folder: Path) -> None:
        super().__init__()
        self._most = most_bytes
        self._folder = folder
        self._written = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  it outlives this call

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._written += len(raw_data)
        if self._written <= self._most:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self._file.seek(0)
        return UploadedFile(
            file=self._file, name=self.file_name, content_type=self.content_type, size=file_size
        )

    def upload_interrupted(self) -> None:
        """The rest will never come."""
        if hasattr(self, "_file"):
            self._file.close()
