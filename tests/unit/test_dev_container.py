"""The dev container's files are well formed and run what is there; no container is built here."""

import json
import subprocess
from pathlib import Path

PLACE = Path(__file__).resolve().parents[2] / ".devcontainer"


def test_its_settings_name_files_that_exist() -> None:
    settings = json.loads((PLACE / "devcontainer.json").read_text())
    assert (PLACE / settings["build"]["dockerfile"]).is_file()
    command = settings["postCreateCommand"].split()
    assert command == ["bash", ".devcontainer/setup.sh"]
    assert (PLACE.parent / command[1]).is_file()


def test_it_allows_what_the_guide_says_a_sandbox_needs() -> None:
    settings = json.loads((PLACE / "devcontainer.json").read_text())
    guide = (PLACE.parent / "docs" / "cluster.md").read_text().replace("\n", " ")
    for argument in settings["runArgs"]:
        assert argument.replace("=", " ", 1) in guide


def test_its_setup_is_a_script_and_probes_the_sandbox() -> None:
    subprocess.run(["bash", "-n", PLACE / "setup.sh"], check=True)
    script = (PLACE / "setup.sh").read_text()
    assert "make setup" in script
    assert "from autograder.sandbox.host.probe import prove" in script
    # What the setup needs of the image: a shell, make, and the sandbox's mechanism.
    image = (PLACE / "Dockerfile").read_text()
    assert {"bubblewrap", "git", "make"} <= set(image.split())
