"""Playing so many steps, in sprints, with the figures kept from one sprint to the next."""

import asyncio
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter

import uvloop
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.campaign import REPORT, report
from tests.core.services.life.machine import Stage, Tally
from tests.core.services.life.reading import Life
from tests.core.services.life.world import World
from tests.core.services.small_practice import Filled

CORE = Path(__file__).parents[4] / "core"
STEPS, MOST_LIVES = 100, 50
"""Of a life, and of lives in a sprint."""
SPRINT = settings(
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    print_blob=True,
    report_multiple_bugs=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
KEPT = 20_000
"""From so many steps on the figures are kept, so that a long course that was broken off goes on."""


def play(name: str, url: str, filled: Filled, *, steps: int) -> Tally:
    """Let random people live their lives until so many steps were taken; the figures go to the report.

    A short course is the same each time, a long one never.
    """
    place = REPORT.with_name(f"life-{name}.json")
    tally = _found(place) if steps >= KEPT else Tally()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        loop = runner.get_loop()
        world = loop.run_until_complete(World.begin(url, filled))
        here = type("LifeHere", (Life,), {"stage": Stage(loop, world, tally)})
        chance = Random(name if steps < KEPT else None)
        while tally.steps < steps:
            begin = perf_counter()
            seed(chance.getrandbits(64))(here)
            lives = min(MOST_LIVES, -(-(steps - tally.steps) // STEPS))
            run_state_machine_as_test(here, settings=settings(SPRINT, max_examples=lives))
            tally.seconds += perf_counter() - begin
            if steps >= KEPT:
                _keep(place, tally)
        loop.run_until_complete(world.practice.database.close())
    place.unlink(missing_ok=True)
    _report(name, tally)
    return tally


def _found(place: Path) -> Tally:
    """The figures of a course of the same code that was broken off."""
    kept = json.loads(place.read_text()) if place.exists() else {}
    if kept.pop("code", None) != _code():
        return Tally()
    return Tally(**kept | {"came": Counter(kept["came"])})


def _keep(place: Path, tally: Tally) -> None:
    figures = {"steps": tally.steps, "examples": tally.examples, "seconds": tally.seconds}
    place.write_text(json.dumps({"code": _code(), **figures, "came": dict(tally.came)}))


def _code() -> str:
    text = b"".join(path.read_bytes() for path in sorted(CORE.rglob("*.py")))
    return sha256(text).hexdigest()


def _report(name: str, tally: Tally) -> None:
    speed = tally.steps / tally.seconds
    done, refused = Counter[str](), Counter[str]()
    for each, count in tally.came.items():
        act, _, came = each.partition(": ")
        (done if came == "done" else refused)[act] += count
    acts = ", ".join(f"{act} {done[act]}/{refused[act]}" for act in sorted(done | refused))
    codes = {each.partition(": ")[2] for each in tally.came} - {"done"}
    report(
        f"life of bookings on {name}: {tally.steps} steps in {tally.examples} lives,"
        f" {tally.seconds:.0f} s, {speed:.0f} steps/s; done/refused: {acts}; {len(codes)} codes of refusal"
    )
