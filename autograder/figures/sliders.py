"""Sliders and number fields below a figure, in a JupyterLab or Notebook with ipywidgets; elsewhere the figure alone.

The figure is an output of its own, which the sliders replace. So it is there, too, on a page, in an
editor without widgets, and when a saved notebook is opened again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.described import Drawing

_NAMES = {"position": N_("position"), "stride": N_("stride"), "padding": N_("padding")}
_FIELD = {"width": "160px"}  # of a name and two digits


def show_with_sliders(
    draw: Callable[..., Drawing],
    limits: Callable[[Mapping[str, int]], Mapping[str, tuple[int, int]]],
    start: Mapping[str, int],
) -> None:
    """Show a figure of some whole numbers, with a slider for each of them where there are widgets.

    Args:
        draw: makes the figure from the numbers, by name; used with and without sliders.
        limits: the least and the largest value of each number, given all numbers.
        start: the numbers that are drawn first, "position" among them; keys of _NAMES.

    Raises:
        ValueError: there is no such position.

    """
    first, last = limits(start)["position"]
    if not first <= start["position"] <= last:
        beyond = _("The window has no position {position}. They go from {first} to {last}.")
        raise ValueError(beyond.format(position=start["position"], first=first, last=last))
    from IPython.display import display

    widgets = _widgets()
    if widgets is None:
        display(draw(**start))
        return
    figure: Any = display(draw(**start), display_id=True)
    ends = limits(start)
    sliders, fields = {}, {}
    for name, value in start.items():
        least, largest = ends[name]
        sliders[name] = widgets.IntSlider(value=value, min=least, max=largest, readout=False)
        # Screen readers hear the name of a field, but a slider of ipywidgets has none for them.
        fields[name] = widgets.BoundedIntText(
            value=value, min=least, max=largest, description=_(_NAMES[name]), layout=_FIELD
        )
        widgets.link((sliders[name], "value"), (fields[name], "value"))
    drawn = dict(start)

    def move(_change: object) -> None:
        ends = limits({name: slider.value for name, slider in sliders.items()})
        for name, slider in sliders.items():
            # Moves a slider that stood beyond it, which comes back here.
            slider.max = fields[name].max = ends[name][1]
        now = {name: slider.value for name, slider in sliders.items()}
        if now != drawn:
            drawn.update(now)
            figure.update(draw(**now))

    for slider in sliders.values():
        slider.observe(move, "value")
    box = widgets.VBox([widgets.HBox([fields[name], sliders[name]]) for name in start])
    view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    # Shown where the notebook was saved and opened again, and in a page that was open before
    # ipywidgets was installed: it has no sliders until it is loaded anew.
    text = _("Run this cell to move the sliders. If none appear, reload the page in the browser.")
    display({"application/vnd.jupyter.widget-view+json": view, "text/plain": text}, raw=True)


def _widgets() -> ModuleType | None:
    """ipywidgets, where a reader can move sliders; otherwise None, and it is not imported.

    Jupyter's server names the notebook to the kernels that it starts. No reader is at those that
    run a notebook from end to end, as nbconvert and nbgrader do, and grading has no kernel.
    """
    if "JPY_SESSION_NAME" not in os.environ or "ipykernel" not in sys.modules:
        return None
    try:
        import ipywidgets
    except ImportError:
        return None
    module: ModuleType = ipywidgets
    return module
