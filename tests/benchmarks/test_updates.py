"""The benchmark's conversation is one that the bot really has."""

from tests.benchmarks.bench_updates import Contender, drive, stage
from tests.benchmarks.crowd import CONVERSATION


def test_people_get_through_the_conversation_without_a_detour() -> None:
    ours, bare, people = Contender("ours", "uvloop"), Contender("bare", "uvloop"), 3
    with stage((ours, bare), people) as telegram:
        done = 0
        while done < 2 * people * len(CONVERSATION):
            speed = drive(telegram, ours, ours, seconds=1)
            assert speed.strays == 0
            done += speed.updates
        assert drive(telegram, bare, ours, seconds=0.1).updates > people
