"""The `[practice]` and `[policy]` tables of a practice file."""

from typing import Any

from core.services.practice_rows import Change, Loading

LOADED = "practice_file"
"""The setting that keeps what a file last said of each of these."""
POLICY = "policy"
NAMES = ("name", "zone", "locale")


async def load_settings(loading: Loading) -> None:
    """Set what the file names; a policy it does not name stays as it is."""
    settings, file = loading.uow.settings, loading.file
    loaded = dict(await settings.get(LOADED, {}))
    before = dict(loaded)
    for name in NAMES:
        standing, wanted = await settings.get(name), getattr(file, name)
        change = _judge(loading, "practice", name, standing, wanted, loaded)
        if change in {Change.CREATED, Change.CHANGED}:
            await settings.put(name, wanted)
    chosen = dict(await settings.get(POLICY, {}))
    policy = chosen | {
        name: _plain(wanted)
        for name, wanted in file.policy.items()
        if _judge(loading, POLICY, name, chosen.get(name), _plain(wanted), loaded) is not Change.REFUSED
    }
    if policy != chosen:
        await settings.put(POLICY, policy)
    if loaded != before:
        await settings.put(LOADED, loaded)


def _judge(
    loading: Loading, table: str, name: str, standing: Any, wanted: Any, loaded: dict[str, Any]
) -> Change:
    """What becomes of one setting; `loaded` is brought up to date."""
    key = f"{table}.{name}"
    if standing is None:
        change = Change.CREATED
    elif standing == wanted:
        change = Change.UNCHANGED
    elif standing == loaded.get(key) or loading.force:
        change = Change.CHANGED
    else:
        change = Change.REFUSED
    if change is not Change.REFUSED:
        loaded[key] = wanted
    loading.note(table, name, change)
    return change


def _plain(value: Any) -> Any:
    """As JSON gives it back."""
    return list(value) if isinstance(value, tuple) else value
