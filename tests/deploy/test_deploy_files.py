"""The files of deploy/ are read by the programs they are for, wherever those can be had."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.kit.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTING = re.compile(r"CONFER_([A-Z_]+)=")
OUTSIDE = {"CONFER_DOMAIN", "CONFER_UPSTREAM"}
"""Read by Caddy and compose, not by Confer."""


def said_by(*command: object) -> str:
    """What a program says; it has to be content."""
    program = shutil.which(str(command[0]))
    if program is None:
        pytest.skip(f"there is no {command[0]} on this machine")
    done = subprocess.run([program, *map(str, command[1:])], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def test_caddy_understands_its_file() -> None:
    said = said_by("caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile")
    assert "Valid configuration" in said


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "confer.service"
    text = (DEPLOY / "systemd" / "confer.service").read_text()
    unit.write_text(text.replace("/opt/confer/.venv/bin/confer", "/bin/true"))
    assert said_by("systemd-analyze", "verify", "--man=no", unit) == ""


def test_the_unit_keeps_the_program_in_a_small_room() -> None:
    unit = DEPLOY / "systemd" / "confer.service"
    said_by("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)


def test_every_setting_that_is_named_is_one() -> None:
    unit = (DEPLOY / "systemd" / "confer.service").read_text()
    docker = (DEPLOY / "Dockerfile").read_text()
    services = compose()["services"].values()
    named = {name for each in services for name in each.get("environment", {}) if name.startswith("CONFER_")}
    named |= {f"CONFER_{name}" for text in (unit, docker) for name in SETTING.findall(text)}
    known = {f"CONFER_{name.upper()}" for name in Settings.model_fields}
    assert named - OUTSIDE <= known
    assert {"CONFER_DATA_DIR", "CONFER_BASE_URL", "CONFER_SECRET_KEY"} <= named


def test_the_image_holds_what_the_program_is_made_of() -> None:
    copied = re.findall(r"^COPY (?:\S+ )*(\w+) \1$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert sorted(copied) == ["bot", "calendar_sync", "core", "webhooks"]


def test_every_process_waits_for_the_tables() -> None:
    services = compose()["services"]
    assert {name: each["depends_on"] for name, each in services.items() if each.get("image") == "confer"} == {
        "migrate": {"database": {"condition": "service_healthy"}},
        "serve": {"migrate": {"condition": "service_completed_successfully"}},
        "worker": {"migrate": {"condition": "service_completed_successfully"}},
    }
