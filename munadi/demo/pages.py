"""The pages of the made-up outlets: one template an outlet, with the furniture real pages have."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from importlib.resources import files
from string import Template

from munadi.demo.cast import Outlet, Version


def render(outlet: Outlet, version: Version, visited: datetime) -> str:
    """An article's page as a visitor at `visited` (aware) is served it."""
    template = (files("munadi.demo") / "pages" / f"{outlet.id}.html").read_text("utf-8")
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in version.paragraphs)
    return Template(template).substitute(
        title=escape(version.title),
        paragraphs=paragraphs,
        first_paragraph=escape(version.paragraphs[0]) if version.paragraphs else "",
        source=escape(version.source),
        json_ld=_json_ld(outlet, version),
        published_iso=version.published.isoformat(timespec="seconds"),
        published_dotted=version.published.strftime("%d.%m.%Y | %H:%M"),
        visit_clock=visited.strftime("%H:%M:%S"),
        visit_day=visited.strftime("%Y/%m/%d"),
        today=visited.strftime("%d/%m/%Y"),
    )


def _json_ld(outlet: Outlet, version: Version) -> str:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": version.title,
        "articleBody": "\n\n".join(version.paragraphs),
        "datePublished": version.published.isoformat(timespec="seconds"),
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    return json.dumps(article, ensure_ascii=False).replace("<", "\\u003c")
