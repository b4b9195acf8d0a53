"""A release_feedback for nbgrader that leaves out old pages, and submissions without a secret.

nbgrader_config.py replaces nbgrader's release_feedback with this one.
"""

from __future__ import annotations

import glob
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from autograder._util.atomic import write_whole
from autograder.gradebook.page_stamps import is_older, read_entries
from autograder.submissions.files import one_line, read_capped
from autograder.submissions.notebook_json import Unreadable

SECRET = "submission_secret.txt"  # noqa: S105 - a file name; a student fetches feedback with its contents
_MAX_BYTES = 1_000  # of a secret; a real one has 128


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Copies each feedback page into the exchange, under a name derived from the submission's secret.

    `nbgrader submit` creates the secret. A submission that arrived in another way has none, so its
    page has to reach the student in another way too.
    """

    def copy_files(self) -> None:
        """Release the pages of one student, or of all but the excluded ones."""
        excluded = set(self.coursedir.student_id_exclude.split(","))
        assignment = self.coursedir.assignment_id
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            entries = read_entries(gradebook.db)
        for directory in sorted(map(Path, glob.glob(self.src_path))):  # noqa: PTH207 - absolute
            student = directory.parent.name
            if student in excluded:
                self.log.debug("Skipping student '%s'", student)
                continue
            place = f"{one_line(student)}/{assignment}"
            try:
                secret = read_capped(directory / SECRET, _MAX_BYTES, SECRET).decode("ascii")
            except (Unreadable, UnicodeDecodeError):
                self.log.warning(
                    "%s: not released: it has no %s, which `nbgrader submit` makes. "
                    "Send feedback/%s/ to the student in another way",
                    place, SECRET, place,
                )  # fmt: skip
                continue
            for page in sorted(directory.glob("*.html")):
                content = page.read_bytes()
                if is_older(content, entries[student, assignment]):
                    self.log.warning(
                        "%s: not released: points or comments have changed since its page was made. "
                        "Run `make grade`, or `nbgrader generate_feedback %s --force`",
                        place, assignment,
                    )  # fmt: skip
                    continue
                self._release(content, notebook_hash(secret=secret, notebook_id=page.stem))
                self.log.info("Feedback released: %s", place)

    def _release(self, page: bytes, name: str) -> None:
        """Replace a page atomically: the student may be fetching the old one."""
        target = Path(self.dest_path) / f"{name}.html"
        write_whole(target, page)
        # write_whole() makes a file private, but the student has to read this one.
        target.chmod(0o664 if self.coursedir.groupshared else 0o644)
