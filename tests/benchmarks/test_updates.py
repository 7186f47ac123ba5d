"""The benchmark's conversation is one that the bot really has."""

from tests.benchmarks.bench_updates import Contender, drive, stage


def test_people_get_through_the_conversation_without_a_detour() -> None:
    ours, bare = Contender("ours", "uvloop"), Contender("bare", "uvloop")
    with stage((ours, bare), people=3) as telegram:
        assert drive(telegram, ours, ours, seconds=2) > 17  # each of them is through it at least twice
        assert drive(telegram, bare, ours, seconds=0.2) > 17
