"""What a notice says, as facts: the bot words them in each admin's language. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from spiders.health.line import LINE, NOTHING
from spiders.sites import Site
from storage.health import WORKING, Diagnosis
from storage.notices import Incident
from storage.sources import Source

Kind = Literal["opened", "lasting", "closed"]

SITES_MAX = 15  # in one message; the others are counted


def facts(
    kind: Kind,
    incidents: Sequence[Incident],
    sources: Sequence[Source],
    sites: Mapping[str, Site],
    found: Mapping[str, Diagnosis],
) -> str | None:
    """One message's facts as JSON; None when nothing is to be said.

    `found` is what was just judged of each source.
    """
    if not incidents:
        return None
    works = {source.site for source in sources if _works(source, found)}
    about = {incident.subject: incident for incident in incidents}
    by_site: dict[str, list[dict[str, Any]]] = {}
    for source in sources:
        if incident := about.get(source.url):
            said = _source(source, found[source.url], incident)
            by_site.setdefault(source.site, []).append(said)
    told = [
        {"name": sites[site].name, "works": site in works, "sources": said}
        for site, said in by_site.items()
    ]
    value = {
        "kind": kind,
        "sites": told[:SITES_MAX],
        "more": max(len(told) - SITES_MAX, 0),
        **{subject: _span(about.get(subject)) for subject in (LINE, NOTHING)},
    }
    return json.dumps(value, ensure_ascii=False)


def _works(source: Source, found: Mapping[str, Diagnosis]) -> bool:
    return source.health.trouble is None and found[source.url][0] in WORKING


def _source(source: Source, judged: Diagnosis, incident: Incident) -> dict[str, Any]:
    condition, since = judged
    return {
        "url": source.url,
        "condition": condition,
        "since": (since or incident.since).isoformat(),
        "until": incident.well_since.isoformat() if incident.well_since else None,
        "reason": source.last_reason,
        "moved_to": source.health.moved_to,
    }


def _span(incident: Incident | None) -> dict[str, str | None] | None:
    if incident is None:
        return None
    until = incident.well_since.isoformat() if incident.well_since else None
    return {"since": incident.since.isoformat(), "until": until}
