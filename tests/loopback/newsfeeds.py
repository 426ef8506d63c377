"""Feeds in the likeness of feedparser's own test suite, of our writing: well-formed and not."""

from __future__ import annotations

import gzip

AT = "https://www.minbar.example/news"
_DATE = "<pubDate>Tue, 03 Mar 2026 10:00:00 +0300</pubDate>"
_ATOM = "http://www.w3.org/2005/Atom"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _item(number: int, more: str = _DATE, *, link: str | None = None) -> str:
    told = f"<link>{AT}/{number}</link>" if link is None else link
    return f"<item><title>خبر {number}</title>{told}{more}</item>"


def _rss(*items: str, version: str = "2.0", spaces: str = "", head: str = "") -> bytes:
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='{version}' {spaces}><channel>"
        f"<title>المنبر</title><link>{AT}</link>{head}{''.join(items)}</channel></rss>"
    ).encode()


def _atom(*entries: str, space: str = _ATOM, more: str = "") -> bytes:
    return f"<feed xmlns='{space}' {more}><title>المنبر</title>{''.join(entries)}</feed>".encode()


def _entry(number: int, more: str = "", updated: str = "2026-03-03T07:00:00Z") -> str:
    link = f"<link href='{AT}/{number}'/>"
    return (
        f"<entry><title>خبر {number}</title>{link}<id>tag:minbar.example,2026:{number}</id>"
        f"<updated>{updated}</updated>{more}</entry>"
    )


def _rdf(space: str, item: str) -> bytes:
    return f"<rdf:RDF xmlns:rdf='{_RDF}' xmlns='{space}'><channel/>{item}</rdf:RDF>".encode()


FEEDS: dict[str, bytes] = {
    # RSS, every version
    "rss 0.90": _rdf("http://my.netscape.com/rdf/simple/0.9/", _item(1, "")),
    "rss 0.91 netscape": _rss(_item(1, ""), version="0.91").replace(
        b"<rss",
        b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "x.dtd"><rss',
    ),
    "rss 0.91 userland": _rss(_item(1, ""), _item(2, ""), version="0.91"),
    "rss 0.92": _rss(_item(1), version="0.92"),
    "rss 0.93": _rss(_item(1, _DATE + "<expirationDate>x</expirationDate>"), version="0.93"),
    "rss 0.94": _rss(_item(1), version="0.94"),
    "rss 1.0": _rdf(
        "http://purl.org/rss/1.0/",
        f"<item rdf:about='{AT}/1'><title>خبر</title><link>{AT}/1</link>"
        "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-03-03T10:00+03:00</dc:date></item>",
    ),
    "rss 1.0, about alone": _rdf("http://purl.org/rss/1.0/", f"<item rdf:about='{AT}/1'/>"),
    "rss 2.0": _rss(_item(1), _item(2)),
    "rss without version": _rss(_item(1), version=""),
    "rss in a namespace": _rss(_item(1), spaces="xmlns='http://backend.userland.com/rss2'"),
    # RSS, the usual elements
    "guid is the link": _rss(_item(1, link=f"<guid>{AT}/1</guid>")),
    "guid is no link": _rss(_item(1, link="<guid isPermaLink='false'>17</guid>")),
    "guid before the link": _rss(_item(1, link=f"<guid>{AT}/8</guid><link>{AT}/1</link>")),
    "guid after the link": _rss(_item(1, link=f"<link>{AT}/1</link><guid>{AT}/8</guid>")),
    "empty link and a guid": _rss(_item(1, link=f"<link/><guid>{AT}/8</guid>")),
    "link in CDATA": _rss(_item(1, link=f"<link><![CDATA[\n {AT}/1?a=1&b=2 \n]]></link>")),
    "link with entities": _rss(_item(1, link=f"<link>{AT}/1?a=1&amp;b=2&amp;copy;=3</link>")),
    "link escaped twice": _rss(_item(1, link=f"<link>{AT}/1?a=1&amp;amp;b=2</link>")),
    "too many slashes": _rss(_item(1, link="<link>https:////www.minbar.example/1</link>")),
    "two links": _rss(_item(1, link=f"<link>{AT}/1</link><link>{AT}/2</link>")),
    "link with a comment within": _rss(_item(1, link=f"<link>{AT}<!-- x -->/1</link>")),
    "atom link in an item": _rss(
        _item(1, link=f"<a:link xmlns:a='{_ATOM}' href='{AT}/3'/>"),
        head=f"<a:link xmlns:a='{_ATOM}' rel='self' href='{AT}/feed'/>",
    ),
    "feedburner": _rss(
        _item(
            1, f"<f:origLink>{AT}/1</f:origLink>{_DATE}", link="<link>https://f.example/1</link>"
        ),
        spaces="xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'",
    ),
    "media": _rss(
        _item(1, f"<m:content url='x'/><m:thumbnail url='y'/><m:title>أخرى</m:title>{_DATE}"),
        spaces="xmlns:m='http://search.yahoo.com/mrss/'",
    ),
    "content and creator": _rss(
        _item(1, f"<c:encoded><![CDATA[<p>نص</p>]]></c:encoded><d:creator>ع</d:creator>{_DATE}"),
        spaces="xmlns:c='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:d='http://purl.org/dc/elements/1.1/'",
    ),
    "both dates": _rss(
        _item(1, f"<d:date>2026-03-04T10:00:00Z</d:date>{_DATE}"),
        spaces="xmlns:d='http://purl.org/dc/elements/1.1/'",
    ),
    "source with a link": _rss(_item(1, f"<source url='x'>وكالة</source>{_DATE}")),
    "image with a title and link": _rss(
        _item(1), head=f"<image><title>صورة</title><link>{AT}/0</link><url>i.png</url></image>"
    ),
    "xml:base": _rss(_item(1, link="<link>1</link>")).replace(
        b"<channel", f"<channel xml:base='{AT}/'".encode()
    ),
    "title with markup": _rss("<item><title>خبر <b>عاجل</b> الآن</title><link>/1</link></item>"),
    "an item outside the channel": _rss(_item(1)).replace(b"</rss>", _item(2).encode() + b"</rss>"),
    # Dates
    **{
        f"date {date!r}": _rss(_item(1, f"<pubDate>{date}</pubDate>"))
        for date in (
            *("Tue, 03 Mar 2026 10:00:00 GMT", "03 Mar 26 10:00 EST", "2026-03-03", "March 3"),
            *("2026-03-03 10:00:00", "Tue Mar  3 10:00:00 2026", "الثلاثاء 3 آذار 2026", ""),
            *("Tue, 03 Mar 2026 25:61:00 +0300", "Mar, 3 Tue 2026 10:00:00 +0300", "20260303"),
        )
    },
    # Atom
    "atom 1.0": _atom(_entry(1), _entry(2)),
    "atom 0.3": _atom(
        f"<entry><title>خبر</title><link rel='alternate' type='text/html' href='{AT}/1'/>"
        "<issued>2026-03-03T10:00:00+03:00</issued><modified>2026-03-03T11:00:00Z</modified></entry>",
        space="http://purl.org/atom/ns#",
        more="version='0.3'",
    ),
    "atom, published and updated": _atom(_entry(1, "<published>2026-03-01T07:00:00Z</published>")),
    "atom, many links": _atom(
        f"<entry><link rel='self' href='{AT}/s'/><link rel='enclosure' type='audio/mpeg' href='a'/>"
        f"<link rel='alternate' type='text/plain' href='{AT}/t'/><link href='{AT}/1'/></entry>"
    ),
    "atom, no link": _atom(f"<entry><id>{AT}/1</id><title>خبر</title></entry>"),
    "atom, xhtml title": _atom(
        "<entry><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>خبر <b>١</b></div>"
        f"</title><link href='{AT}/1'/></entry>"
    ),
    "atom, html title": _atom(_entry(1).replace("<title>", "<title type='html'>&lt;b>")),
    "atom, source": _atom(
        _entry(1, f"<source><title>أخرى</title><link href='{AT}/other'/></source>")
    ),
    "atom, people": _atom(_entry(1, "<author><name>ع</name><uri>https://a.example</uri></author>")),
    "atom, base": _atom("<entry><link href='1'/></entry>", more=f"xml:base='{AT}/'"),
    "atom, prefixed": (
        f"<a:feed xmlns:a='{_ATOM}'><a:entry><a:title>خبر</a:title><a:link href='{AT}/1'/>"
        "</a:entry></a:feed>"
    ).encode(),
    # Charsets
    **{
        f"in {charset}": _rss(_item(1)).decode().replace("'utf-8'", f"'{charset}'").encode(charset)
        for charset in ("windows-1256", "iso-8859-6", "utf-16", "utf-8-sig")
    },
    "utf-8 called latin": _rss(_item(1)).replace(b"'utf-8'", b"'iso-8859-1'"),
    "windows-1256 called utf-8": _rss(_item(1)).decode().encode("windows-1256"),
    "utf-8 read twice": _rss(_item(1).encode().decode("latin-1")),
    # Ill-formed
    "an entity of HTML": _rss(_item(1)).replace("خبر".encode(), b"&nbsp;&raquo;"),
    "a bare ampersand": _rss(_item(1)).replace("خبر".encode(), b"A & B"),
    "cut off": _rss(_item(1), _item(2))[:-60],
    "text before": b"\n\n<!-- cached -->" + _rss(_item(1)),
    "text behind": _rss(_item(1)) + b"<!-- 0.1 s --><script>x</script>",
    "a control character": _rss(_item(1)).replace("خبر".encode(), b"x\x08y"),
    "an undeclared prefix": _rss(_item(1, "<x:y>1</x:y>" + _DATE)),
    "capitals": _rss(_item(1)).replace(b"item>", b"ITEM>").replace(b"link>", b"LINK>"),
    "cdf": f"<CHANNEL><ITEM HREF='{AT}/1' LASTMOD='2026-03-03T10:00:00Z'/></CHANNEL>".encode(),
    "no entries": _rss(),
    "gzip": gzip.compress(_rss(_item(1)), mtime=0),
}
