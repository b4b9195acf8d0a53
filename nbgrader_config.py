"""Settings of nbgrader for this course: grading goes through the sandbox.

All names are plain text on purpose. Were this file to fail, nbgrader would go on with its own
defaults and run students' code unsandboxed; text cannot fail here, and a name that does not
exist stops nbgrader before it runs anything.
"""

import os
import sys

c = get_config()  # noqa: F821 - traitlets defines it

# The reader of submissions, and grading in the place of nbgrader's Execute.
c.Autograde.exporter_class = "autograder.nbgrader_plugins.SubmissionExporter"
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugins.GradeInSandbox",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.nbgrader_plugins.SaveOutcomes",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Points off for late work: the table [tool.autograder.late] of pyproject.toml, or penalty_method here.
c.AssignLatePenalties.plugin_class = "autograder.nbgrader_plugins.LatePenalty"
c.LatePenalty.course_root = __file__.rpartition("/")[0]

# `nbgrader zip_collect` (`autograder collect` needs no pattern): a student's file is not taken for
# the time that an LMS names.
c.ZipCollectApp.collector_plugin = "autograder.nbgrader_plugins.ArchiveCollector"
# How your LMS names files in its archive; docs/collecting.md says whose ids these are.
# Moodle, with and without "Download submissions in folders": Ada Lovelace_4711_assignsubmission_file_/
c.FileNameCollectorPlugin.named_regexp = (
    r".*?[/\\](?P<student_id>[^/\\_]+)_\d+_assignsubmission_file_?[/\\]?(?P<file_id>.+)"
)
# Canvas: lovelaceada_LATE_1234_567890_pooling.ipynb
# c.FileNameCollectorPlugin.named_regexp = (
#     r".*?[/\\][^/\\_]+(_LATE)?_(?P<student_id>\d+)_\d+_(?P<file_id>[^/\\]+)"
# )

# Pages for instructors and students show what students wrote; nothing of it may run.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": "autograder.nbgrader_plugins.markdown2html"}
c.GenerateFeedback.exporter_class = "autograder.nbgrader_plugins.FeedbackExporter"

# One submission without a secret does not stop `nbgrader release_feedback` for the others.
c.ExchangeFactory.release_feedback = "autograder.nbgrader_plugins.ReleaseFeedback"

# A notebook is checked against its format once, when all preprocessors are done with it.
c.SubmissionExporter.optimistic_validation = True
c.FeedbackExporter.optimistic_validation = True

# `nbgrader export` without options: nbgrader's columns, and no cell that a spreadsheet would run.
c.ExportApp.plugin_class = "autograder.nbgrader_plugins.CsvExporter"

c.CourseDirectory.course_id = "cnn"  # as in pyproject.toml
c.CourseDirectory.root = __file__.rpartition("/")[0]
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "assignments"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "__MACOSX"]
c.SubmissionExporter.course_root = __file__.rpartition("/")[0]

# `nbgrader db upgrade` runs `alembic`, which lies beside Python, also in no activated environment.
commands = (sys.executable or "").rpartition("/")[0]
if commands and commands != os.environ.get("PATH", "").split(":")[0]:
    os.environ["PATH"] = commands + ":" + os.environ.get("PATH", "/usr/bin:/bin")

# Yours to add: c.CourseDirectory.db_url and the like.
