"""What the documents tell people to do works, and what they point to is there."""

import re
import tomllib
from pathlib import Path

import pytest

from core.kit.config import load_settings
from core.services.practice_file import parse_practice_file

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "deploy").rglob("*.md")])
README = (ROOT / "README.md").read_text()
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def block(language: str, containing: str) -> str:
    """The README's code block of this language that contains a text, without its indent."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^ *```", README, re.MULTILINE | re.DOTALL)
    indent, text = next(each for each in blocks if containing in each[1])
    return "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file(document: Path) -> None:
    targets = LINK.findall(document.read_text())
    assert [each for each in targets if not (document.parent / each).exists()] == []


def test_the_practice_of_the_readme_can_be_loaded() -> None:
    practice = parse_practice_file(block("toml", "[practice]"))
    assert [each.slug for each in practice.counselors] == ["ann"]
    assert [each.slug for each in practice.session_types] == ["intro"]


def test_the_settings_of_the_readme_are_settings(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(block("sh", "CONFER_TELEGRAM_TOKEN"))
    settings = load_settings({"CONFER_DATA_DIR": str(tmp_path)}, dotenv)
    assert settings.mode == "polling"


@pytest.mark.parametrize("target", ["run", "test", "check", "soak", "bench"])
def test_the_makefile_has_the_commands_of_the_documents(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_locks_name_packages_and_hashes_but_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert re.findall(r"https?://|index-url", lock.read_text()) == []


def test_the_project_names_the_top_level_folders_it_is_made_of() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["bot", "calendar_sync", "core", "webhooks"]
