"""Canonical addresses: one article has one, however feeds, sister hosts and share buttons spell it.

Pure. The steps follow RFC 3986 (6.2.2 and 6.2.3) with what news sites add: tracking parameters,
AMP copies and sister hosts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from spiders.sites import Site

MAX_CHARS = 2_000  # longer addresses are traps or mistakes

_DEFAULT_PORT = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?i)(utm_\w*|at_\w+|ns_\w+|fb_\w+|mc_[ce]id|_hs\w+|g(c|br)l?a?id|[dg]clid|wbraid|msclkid|yclid"
    r"|twclid|ttclid|fbclid|igshid|igsh|_ga|_gl|ref|ref_src|ref_url|cmpid|cmp|ocid|ncid|smid|xtor"
    r"|spm|ito|s_cid|mkt_tok|traffic_source|__twitter_impression|amp|rss|share)"
)
_AMP_VALUES = {"outputtype=amp", "output=amp", "view=amp", "type=amp", "m=amp"}
_STAYS = "!$&'()*+,;=:@/-._~%"  # what a path may hold unescaped
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9!$&'()*+,;=:@/\-._~]*")  # nothing to escape, nothing escaped
_WHOLE = re.compile(r"https?://[^/?#]")  # nothing of it comes from where it was read
_UNRESERVED = set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def canonical(site: Site, url: str, base: str | None = None) -> str | None:
    """The one address of what `url` names, resolved against `base`; None if it is no web address.

    Fragment, default port, tracking parameters and AMP marks go; the site's sister hosts and its
    bare or www name become the home's host; escapes and the order of the query are made equal.
    """
    parts = _split(url.strip(), base)
    if parts is None:
        return None
    scheme, netloc = parts.scheme, _host(parts.scheme, parts.netloc)
    if is_own_netloc(site, netloc):
        scheme, netloc = _home(site.home)
    path = _without_amp(site, _escaped(parts.path or "/"))
    query = _query(parts.query) if parts.query else ""
    return f"{scheme}://{netloc}{path}?{query}" if query else f"{scheme}://{netloc}{path}"


def is_own(site: Site, url: str) -> bool:
    """Whether the address stands on one of the site's hosts, or on a host below its home."""
    scheme, home = _home(site.home)
    if url.startswith(f"{scheme}://{home}/") and len(url) <= MAX_CHARS:  # as nearly all do
        return True
    parts = _split(url)
    if parts is None:
        return False
    netloc = _host(parts.scheme, parts.netloc)
    return is_own_netloc(site, netloc) or netloc.endswith("." + home.removeprefix("www."))


def is_own_netloc(site: Site, netloc: str) -> bool:
    """Whether `host` or `host:port` serves the same articles as the site's home."""
    _, home = _home(site.home)
    if netloc.removeprefix("www.") == home.removeprefix("www."):
        return True
    return netloc in site.hosts or netloc.rpartition(":")[0] in site.hosts


def is_article(site: Site, url: str) -> bool:
    """Whether the address has the path of an article of the site."""
    return any(site.article_pattern.search(target) for target in _targets(url))


def identity(site: Site, url: str) -> str:
    """What names the article among all sites: `<site>:<what the seed's identity captures>`.

    Several groups are joined with `/`. Without an `identity`, or where it does not match, it is
    the canonical path and query without a trailing slash.
    """
    targets = _targets(canonical(site, url) or url)
    if site.identity_pattern is not None:
        for target in targets:
            if found := site.identity_pattern.search(target):
                captured = [group for group in found.groups() if group]
                return f"{site.id}:{'/'.join(captured) or found.group()}"
    path, mark, query = targets[-1].partition("?")
    return f"{site.id}:{path.rstrip('/') or '/'}{mark}{query}"


def _targets(url: str) -> list[str]:
    """What patterns are held against: the readable path, then the path with its query."""
    parts = urlsplit(url)
    try:
        path = unquote(parts.path, errors="strict")
    except UnicodeDecodeError:  # escapes of another charset would all become the same mark
        path = parts.path
    return [path, f"{path}?{parts.query}"] if parts.query else [path]


def _split(url: str, base: str | None = None) -> SplitResult | None:
    try:
        parts = urlsplit(url := _resolved(url, base) if base else url)
        usable = parts.scheme in _DEFAULT_PORT and _host(parts.scheme, parts.netloc)
    except ValueError:
        return None
    return parts if usable and "@" not in parts.netloc and len(url) <= MAX_CHARS else None


def _resolved(url: str, base: str) -> str:
    """What an address means where it was read; most are whole, or begin at the root."""
    if ";" not in url and url.isprintable():  # else it is resolved in ways of its own
        if _WHOLE.match(url):
            return url
        if url.startswith("/") and not url.startswith("//") and "/." not in url:
            read = urlsplit(base)
            return f"{read.scheme}://{read.netloc}{url}"
    return urljoin(base, url)


@lru_cache(maxsize=256)
def _home(home: str) -> tuple[str, str]:
    """Scheme and host of a site's home."""
    parts = urlsplit(home)
    return parts.scheme, _host(parts.scheme, parts.netloc)


@lru_cache(maxsize=256)  # the links of one listing have one or two
def _host(scheme: str, netloc: str) -> str:
    """A host as it is compared, with its port where it is not the usual one; "" for none."""
    parts = SplitResult(scheme, netloc, "", "", "")
    host, port = (parts.hostname or "").rstrip("."), parts.port
    if not parts.hostname:
        return ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            host = quote(host)
    if ":" in host:
        host = f"[{host}]"
    return host if port in (None, _DEFAULT_PORT.get(scheme)) else f"{host}:{port}"


def _escaped(text: str) -> str:
    """Escapes in capitals, none where none is needed, and all where one is (RFC 3986, 6.2.2)."""
    if _PLAIN.fullmatch(text):
        return text
    quoted = quote(text, safe=_STAYS)
    quoted = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quoted)

    def normal(escape: re.Match[str]) -> str:
        byte = int(escape[1], 16)
        return chr(byte) if byte in _UNRESERVED else escape[0].upper()

    return _ESCAPE.sub(normal, quoted)


def _query(query: str) -> str:
    fields = [
        _escaped(field)
        for field in query.split("&")
        if field
        and field.lower() not in _AMP_VALUES
        and not _TRACKING.fullmatch(field.partition("=")[0])
    ]
    return "&".join(sorted(fields))


def _without_amp(site: Site, path: str) -> str:
    """The article that an AMP copy stands for, where the result has an article's path."""
    if "amp" not in path:
        return path
    plain = re.sub(r"^/amp(?=/)|\.amp(?=(\.html)?$)|(?<=/)amp/?$", "", path)
    if plain == path:
        return path
    tries = [plain, plain.rstrip("/")] if path.endswith("/") else [plain.rstrip("/"), plain]
    return next((tried for tried in tries if is_article(site, tried)), path)
