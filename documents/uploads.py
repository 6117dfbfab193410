"""Where the bytes of a large upload stand while the request is read."""

import tempfile
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from documents.files import work_folder


class NamelessUploadHandler(FileUploadHandler):
    """Writes into a file without a name, on the disk of the store.

    Django's own handler names its file in the system's folder for temporary files; a web process that is killed in the
    middle would leave it there for good, readable as it came, and it may be a list of children.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file: UploadedFile[bytes] = UploadedFile(
            cast(BinaryIO, tempfile.TemporaryFile(dir=work_folder())),  # noqa: SIM115  # closed with the request
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
