"""The many Gradebooks that nbgrader opens for one submission, as one: one engine, one transaction.

A converter of nbgrader and its preprocessors open the gradebook a dozen times, each time with an
engine of its own that looks for all tables and compiles every query anew, and commit after each
cell. Within this module's contexts they share the engine, which SQLAlchemy is made for, and what
they commit is kept or lost as a whole: a run that is killed leaves no half of a submission.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any

from nbgrader.api import Base, Gradebook
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect
from sqlalchemy.orm import Session, scoped_session, sessionmaker

_WRITES = "autograder_writes"


@lru_cache(maxsize=8)
def engine(db_url: str) -> Engine:
    """The engine of a gradebook, and with it the compiled queries.

    It holds no SQLite file open; a server's connections are kept, which cost more to make.
    """
    if not db_url.startswith("sqlite"):
        made = create_engine(db_url, pool_pre_ping=True)
    else:
        made = create_engine(db_url, poolclass=NullPool)
        # Python's sqlite3 begins transactions where SQLAlchemy does not expect it; this is how
        # SQLAlchemy's manual has savepoints work.
        event.listen(made, "connect", _begin_nothing_by_itself)
        event.listen(made, "begin", _begin)
    return made


@contextmanager
def reading(db_url: str) -> Iterator[Session]:
    """A session to look things up in the gradebook at `db_url`. Raises SQLAlchemyError."""
    with Session(engine(db_url)) as session:
        yield session


@contextmanager
def shared(db_url: str, *, writes: bool) -> Iterator[None]:
    """Let nbgrader's Gradebooks at `db_url` share one engine meanwhile.

    With `writes` they share one transaction too, which waits for other writers before it begins,
    and is committed at the end, or rolled back where an exception leaves. Raises SQLAlchemyError.
    """
    made = engine(db_url)
    if Base.metadata.tables.keys() - set(inspect(made).get_table_names()):
        Gradebook(db_url).close()  # makes the tables
    bind: Engine | Connection = made
    with ExitStack() as stack:
        if writes:
            bind = stack.enter_context(made.connect().execution_options(**{_WRITES: True}))
            stack.enter_context(bind.begin())
        stack.enter_context(_bound(db_url, bind))
        yield


@contextmanager
def _bound(db_url: str, bind: Engine | Connection) -> Iterator[None]:
    """Open Gradebooks at `db_url` on `bind`; nbgrader has no setting for it."""
    usual = Gradebook.__init__
    checked: set[str] = set()

    def begin(
        self: Any, url: str, course_id: str = "default_course", authenticator: Any = None
    ) -> None:
        if url != db_url:
            usual(self, url, course_id, authenticator)
            return
        sessions = sessionmaker(bind=bind, join_transaction_mode="create_savepoint")
        self.engine, self.db = bind.engine, scoped_session(sessions)
        self.course_id, self.authenticator = course_id, authenticator
        if course_id not in checked:
            self.check_course(course_id=course_id)
            checked.add(course_id)

    Gradebook.__init__ = begin
    try:
        yield
    finally:
        Gradebook.__init__ = usual


def _begin_nothing_by_itself(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    # A reader that comes to write could no longer wait for another writer.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
