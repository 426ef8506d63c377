"""What a round of a site came to, in counts that an operator can read."""

from __future__ import annotations

from dataclasses import dataclass, field

REASONS_MAX = 50


@dataclass(slots=True)
class SiteReport:
    """One site's round: sources asked, links found, articles read, alerts owed."""

    site: str
    polls: int = 0  # sources that answered, unchanged ones included
    unchanged: int = 0  # of them, those with nothing to say since last time
    found: int = 0  # article links listed
    new: int = 0  # articles recorded for the first time
    joined: int = 0  # of them, those that joined a story told before
    changed: int = 0  # new versions of known articles
    alerted: int = 0  # alerts owed to readers
    refused: int = 0  # addresses that may not be fetched: private hosts no seed names
    failed: dict[str, int] = field(default_factory=dict)  # sources without an answer, by reason
    unreadable: dict[str, int] = field(default_factory=dict)  # pages without an article, by reason
    deferred: int = 0  # pages read while the database was busy: wanted again later
    seconds: float = 0.0

    def fail(self, reason: str) -> None:
        """Count a source that gave no listing."""
        _count(self.failed, reason)

    def miss(self, reason: str) -> None:
        """Count a page that gave no article."""
        _count(self.unreadable, reason)


def _count(counts: dict[str, int], reason: str) -> None:
    """Count a reason; a crawl runs for months, so there is an end to how many are told apart."""
    if reason not in counts and len(counts) >= REASONS_MAX:
        reason = "other reasons"
    counts[reason] = counts.get(reason, 0) + 1


class Reports:
    """The reports of a crawl by site, made as they are asked for."""

    def __init__(self) -> None:
        self.by_site: dict[str, SiteReport] = {}

    def __getitem__(self, site: str) -> SiteReport:
        return self.by_site.setdefault(site, SiteReport(site))
