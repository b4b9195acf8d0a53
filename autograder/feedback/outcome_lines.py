"""Words what is said of one test: its message, what was printed, help and note, and substitutions."""

from __future__ import annotations

from autograder._util.control_codes import without_control_codes
from autograder._util.i18n import N_, ngettext
from autograder._util.i18n import gettext as _
from autograder.results.outcome import Status, TestOutcome

_GRADER_ERROR = N_(
    "The grader itself failed on this question. It gives no points yet: "
    "the question is marked for your instructor, who grades it by hand."
)
_CHECK_ERROR = N_(
    "The check itself failed, so it says nothing about your answer. "
    "Tell your instructor; grading runs its own tests."
)
_MAX_PRINTED = 20  # lines


def message_lines(outcome: TestOutcome, final: bool) -> list[str]:
    """What was wrong; empty for a passed test. `final` is False in the notebook."""
    lines = without_control_codes(outcome.message).splitlines()
    match outcome.status:
        case Status.PASSED:
            return []
        case Status.GRADER_ERROR:
            return [_(_GRADER_ERROR if final else _CHECK_ERROR)]
        case Status.CRASHED if outcome.traceback:
            return [*lines, *without_control_codes(outcome.traceback).splitlines()[-8:]]
        case Status.NOT_ATTEMPTED if not final:
            return [*lines, _("What you write counts once its cell has been run.")]
    return lines


def printed_lines(outcome: TestOutcome) -> list[str]:
    """The last lines that the student's code printed in the call that failed."""
    # As a terminal shows a progress bar: each state of it overwrites the one before.
    last_states = (line.rstrip("\r").rpartition("\r")[2] for line in outcome.printed.split("\n"))
    lines = without_control_codes("\n".join(last_states)).rstrip().splitlines()
    return lines if len(lines) <= _MAX_PRINTED else ["...", *lines[-_MAX_PRINTED:]]


def remarks(outcome: TestOutcome) -> list[tuple[str, str]]:
    """The help and the note of a test, each with its label."""
    labelled = ((_("Help:"), outcome.help), (_("Note:"), outcome.note))
    return [(label, without_control_codes(text)) for label, text in labelled if text]


def substitution_text(outcome: TestOutcome) -> str:
    """Say which of the student's functions were substituted, so that earlier mistakes count once."""
    if not outcome.carried:
        return ""
    text = ngettext(
        "; tried with our {names} in place of yours, which is not right",
        "; tried with our {names} in place of yours, which are not right",
        len(outcome.carried),
    )
    return text.format(names=_(" and ").join(outcome.carried))  # of the solution's functions
