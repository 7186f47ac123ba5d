"""The secret key: made once, whoever comes first, and separate keys from it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.kit.secret_key import derive, read_or_make


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: read_or_make(tmp_path / "data"), range(64)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    assert read_or_make(tmp_path / "a") != read_or_make(tmp_path / "b")


def test_each_purpose_has_its_own_key() -> None:
    keys = {derive(key, purpose) for key in ("a" * 32, "b" * 32) for purpose in ("links", "telegram webhook")}
    assert {len(each) for each in keys} == {32}
    assert len(keys) == 4
