"""The error tree, named by what happens next.

* :class:`ConfigError`: the call or the settings are wrong; the work stops (exit status 2).
* :class:`ArticleError`: one input cannot be read; it is set aside as a
  :class:`~dateline.records.Rejection` and the run goes on (exit status 1).
* :class:`TransientError`: trying again may help; the run retries, then sets aside.

A message says what is wrong, where, and what to do.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of every error Dateline raises on purpose."""


class ConfigError(DatelineError):
    """The call or the settings are wrong: stop."""


class StoreError(DatelineError):
    """The store cannot be opened, read or written: stop."""


class ArticleError(DatelineError):
    """One input cannot be read: set aside.

    Attributes:
        reason: Short code, as in :attr:`dateline.records.Rejection.reason`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class TransientError(DatelineError):
    """Trying again may help: retry, then set aside."""
