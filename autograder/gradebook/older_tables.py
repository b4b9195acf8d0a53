"""Recognizes a gradebook whose tables an older nbgrader made, before anything fails on them."""

from __future__ import annotations

from weakref import WeakSet

from nbgrader.api import Base
from sqlalchemy import Connection, Engine, inspect

from autograder._util.command_line import command

# Those whose tables have been found usable: looking takes 6 ms or more, and each submission asks.
_usable: WeakSet[Engine] = WeakSet()


def older_tables(bind: Engine | Connection) -> str:
    """What an older gradebook lacks, and what to do, in one line; empty for one that can be used.

    A table that is missing altogether is none of that: nbgrader adds it. Raises SQLAlchemyError.
    """
    if bind.engine in _usable:
        return ""
    inspector = inspect(bind)
    present = set(inspector.get_table_names())
    for table in Base.metadata.sorted_tables:
        if table.name not in present:
            continue
        columns = {column["name"] for column in inspector.get_columns(table.name)}
        for missing in (name for name in table.columns.keys() if name not in columns):  # noqa: SIM118
            return (
                f"made by an older nbgrader (its table {table.name} has no {missing}). Copy it, then "
                f"run `{command('nbgrader')} db upgrade` in the course's directory"
            )
    if present:  # an empty database may still get any tables
        _usable.add(bind.engine)
    return ""
