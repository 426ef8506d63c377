"""The one pipeline: an article read is judged and recorded, in one transaction, on the desk."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from scrapy.crawler import Crawler

from spiders.answers import Fault
from spiders.reading.learned import edges, without
from storage.errors import StoreError
from storage.revisits import Validators
from storage.store import Store
from watch.ingest import Ingested, ingest
from watch.records import Article, Relation

if TYPE_CHECKING:
    from spiders.news import NewsSpider

log = logging.getLogger(__name__)


class RecordPipeline:
    """Hands articles to `watch.ingest` and counts what became of them."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler.spider)  # type: ignore[arg-type]

    async def process_item(self, item: Article) -> Article:
        """Judge and record; what the store cannot take now stays wanted and is read again."""
        room = self._spider.room
        wanted = self._spider.in_flight.get(item.url)
        validators = Validators(wanted.etag, wanted.last_modified) if wanted else Validators()

        def judge(store: Store) -> Ingested:
            learned = {line.spelt for line in store.readings.learned(item.site)}
            read = replace(item, text=without(item.text, learned))
            ingested = ingest(read, room.topics(store), store.stories)
            if ingested.recorded is None:
                store.sources.read(item.url)
            elif not self._known(item):
                store.readings.observe(item.site, edges(item.text))
            store.revisits.read(item.url, room.now(), validators)
            return ingested

        try:
            ingested = await room.ask(judge)
        except StoreError as error:
            room.reports[item.site].deferred += 1
            log.error("%s is kept for later: %s", item.url, error)
        except Exception:  # a bug in judging one article must not have its page asked for ever
            log.exception("judging %s failed within", item.url)
            fault = Fault("an error of munadi's own, see the log")
            await self._spider.no_article(self._spider.in_flight[item.url], fault)
        else:
            self._count(item, ingested)
        finally:
            self._spider.done(item.url)
        return item

    def _known(self, item: Article) -> bool:
        wanted = self._spider.in_flight.get(item.url)
        return wanted is not None and wanted.known

    def _count(self, item: Article, ingested: Ingested) -> None:
        report = self._spider.room.reports[item.site]
        if ingested.relation is None:
            return
        if self._known(item):
            report.changed += 1
        else:
            report.new += 1
            report.joined += ingested.relation in (
                Relation.REPRINT,
                Relation.SAME_EVENT,
                Relation.UPDATE,
            )
        report.alerted += ingested.recorded.alerts if ingested.recorded else 0
