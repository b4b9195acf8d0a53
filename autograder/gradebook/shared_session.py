"""Makes the many Gradebooks that nbgrader opens for a submission share an engine and a transaction.

A converter of nbgrader and its preprocessors open the gradebook a dozen times and commit after each
cell. Each time a new engine looks for all tables and compiles every query again. In the contexts of
this module they share one engine, as SQLAlchemy intends. Their commits are kept or lost together: a
killed run never leaves half a submission.
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
    """The engine of a gradebook, which also caches its compiled queries.

    It keeps no SQLite file open. It keeps connections to a database server, which are slow to open.
    """
    if not db_url.startswith("sqlite"):
        new_engine = create_engine(db_url, pool_pre_ping=True)
    else:
        new_engine = create_engine(db_url, poolclass=NullPool)
        # Python's sqlite3 begins transactions when SQLAlchemy does not expect it. SQLAlchemy's
        # manual recommends these listeners to make savepoints work.
        event.listen(new_engine, "connect", _disable_implicit_begin)
        event.listen(new_engine, "begin", _begin)
    return new_engine


@contextmanager
def reading(db_url: str) -> Iterator[Session]:
    """A session for reading the gradebook at `db_url`. Raises SQLAlchemyError."""
    with Session(engine(db_url)) as session:
        yield session


@contextmanager
def shared(db_url: str, *, writes: bool) -> Iterator[None]:
    """Let nbgrader's Gradebooks at `db_url` share one engine inside the block.

    With `writes` they also share one transaction. It waits for other writers before it begins, and
    commits at the end, or rolls back after an exception. Raises SQLAlchemyError.
    """
    shared_engine = engine(db_url)
    if Base.metadata.tables.keys() - set(inspect(shared_engine).get_table_names()):
        Gradebook(db_url).close()  # creates the tables
    bind: Engine | Connection = shared_engine
    with ExitStack() as stack:
        if writes:
            bind = stack.enter_context(shared_engine.connect().execution_options(**{_WRITES: True}))
            stack.enter_context(bind.begin())
        stack.enter_context(_patched_gradebook(db_url, bind))
        yield


@contextmanager
def _patched_gradebook(db_url: str, bind: Engine | Connection) -> Iterator[None]:
    """Open Gradebooks at `db_url` on `bind`. Patches Gradebook: nbgrader has no setting for this."""
    original_init = Gradebook.__init__
    checked_courses: set[str] = set()

    def init(
        self: Any, url: str, course_id: str = "default_course", authenticator: Any = None
    ) -> None:
        if url != db_url:
            original_init(self, url, course_id, authenticator)
            return
        sessions = sessionmaker(bind=bind, join_transaction_mode="create_savepoint")
        self.engine, self.db = bind.engine, scoped_session(sessions)
        self.course_id, self.authenticator = course_id, authenticator
        if course_id not in checked_courses:
            self.check_course(course_id=course_id)
            checked_courses.add(course_id)

    Gradebook.__init__ = init
    try:
        yield
    finally:
        Gradebook.__init__ = original_init


def _disable_implicit_begin(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    # Take the write lock now: a reader that starts to write cannot wait for another writer.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
