"""Which settings a Jupyter program reads that a test starts: none of the machine's, none of the user's."""

from __future__ import annotations

from pathlib import Path


def jupyter_settings(directory: Path) -> dict[str, str]:
    """The environment in which nbgrader and Jupyter read `directory` in place of /etc and the home.

    What lies in the virtual environment is still read: it enables the extensions of JupyterLab.
    """
    return {
        "JUPYTER_PLATFORM_DIRS": "1",  # the next one counts only with it
        "XDG_CONFIG_DIRS": str(directory),
        "JUPYTER_CONFIG_DIR": str(directory),
    }
