"""What Scrapy alone costs: `python -m bench.bare_scrapy HOSTS PORT` asks the same feeds for ever.

A spider as a beginner writes it, in one long crawl: robots.txt obeyed, one request per host at a
time, validators sent, nothing read, nothing kept. Ends with SIGTERM.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator

from loopback.manyhosts import address
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS": 256,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "HTTPERROR_ALLOW_ALL": True,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
}


class Asking(Spider):
    """Asks every feed again as soon as it has answered."""

    name = "asking"
    feeds: tuple[str, ...] = ()

    async def start(self) -> AsyncIterator[Request]:
        """Ask all of them once."""
        for feed in self.feeds:
            yield Request(feed, dont_filter=True)

    def parse(self, response: Response) -> Iterator[Request]:
        """Ask again, with the validator."""
        etag = response.headers.get("ETag")
        headers = {"If-None-Match": etag} if etag else {}
        yield Request(response.url, headers=headers, dont_filter=True)


def main() -> None:
    """Crawl until the process is ended."""
    hosts, port = int(sys.argv[1]), int(sys.argv[2])
    Asking.feeds = tuple(f"http://{address(number)}:{port}/feed" for number in range(hosts))
    process = AsyncCrawlerProcess(SETTINGS)
    process.crawl(Asking)
    process.start()


if __name__ == "__main__":
    main()
