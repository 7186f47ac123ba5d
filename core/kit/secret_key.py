"""The secret key: made once in the data directory, and the source of every derived key."""

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

LEAST = 32
FILE_NAME = "secret.key"


def derive(secret_key: str, purpose: str) -> bytes:
    """32 bytes for one purpose; nothing about the secret key or other purposes follows from them."""
    return hmac.digest(secret_key.encode(), b"confer\0" + purpose.encode(), hashlib.sha256)


def read_or_make(data_dir: Path) -> str:
    """The secret key kept in `data_dir`, made with mode 0600 if there is none.

    Processes that start at once agree on one key. Raises OSError when the folder cannot be used,
    ValueError when the file holds no usable key.
    """
    path = data_dir / FILE_NAME
    if not path.exists():
        _make(path)
    key = path.read_text(encoding="utf-8", errors="replace").strip()
    if len(key) < LEAST or not key.isascii():
        raise ValueError(
            f"{path} holds no key of at least {LEAST} characters; restore the file from a backup"
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=FILE_NAME)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(LEAST) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _publish(Path(draft), path)
    finally:
        Path(draft).unlink()


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)  # whole or not at all, and never over an existing key
    except FileExistsError:
        return
