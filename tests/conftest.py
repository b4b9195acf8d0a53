"""The browser that the tests of pages share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import browser


# Not for the whole run: while Playwright is open, nothing else in the process may use asyncio.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium for the tests of a file; they skip themselves where there is none."""
    with browser.chromium() as opened:
        yield opened
