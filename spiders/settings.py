"""Scrapy's settings. Reads MUNADI_DB, MUNADI_SEEDS, MUNADI_PROXY and MUNADI_CONTACT, and nothing
else, from the environment.
"""

import os
from pathlib import Path

from spiders.outward import user_agent

_ROOT = Path(__file__).parent.parent
_PACKAGED = _ROOT / "munadi" / "seeds"  # inside a wheel

MUNADI_DB = os.environ.get("MUNADI_DB") or "data/munadi.db"
_SHIPPED = str(_PACKAGED if _PACKAGED.is_dir() else _ROOT / "seeds")
MUNADI_SEEDS = os.environ.get("MUNADI_SEEDS") or _SHIPPED
MUNADI_PROXY = os.environ.get("MUNADI_PROXY") or ""
# What a seeds folder lacks of topics, places and concepts is taken from the shipped ones.
MUNADI_TOPICS = [MUNADI_SEEDS, _SHIPPED] if Path(MUNADI_SEEDS, "topics").is_dir() else [_SHIPPED]

BOT_NAME = "munadi"
USER_AGENT = user_agent(os.environ.get("MUNADI_CONTACT") or "")
SPIDER_LOADER_CLASS = "spiders.loader.SiteLoader"
SPIDER_MODULES: list[str] = []
ITEM_PIPELINES = {"spiders.pipeline.RecordPipeline": 100}
SCHEDULER = "spiders.politeness.HostScheduler"

# Manners
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "munadi"
CONCURRENT_REQUESTS = 256  # hosts asked at once, one thing each; as many answers may wait
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
    "application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ar",
}

# Bounds
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 5 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 5
DNS_TIMEOUT = 10
REACTOR_THREADPOOL_MAXSIZE = 64  # names are looked up in threads, and some hang
DNSCACHE_ENABLED = False  # the crawl runs for months, and hosts move

# What the crawl does itself: retries are due times in the store, and every status has a reason.
RETRY_ENABLED = False
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# What it has no use for
COOKIES_ENABLED = False
HTTPPROXY_ENABLED = False  # it reads the environment; see spiders.proxies
METAREFRESH_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOGSTATS_INTERVAL = 0
DOWNLOADER_STATS = False
CONCURRENT_ITEMS = 1  # Scrapy starts this many tasks for every answer
LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
DOWNLOAD_HANDLERS = {
    "http": "spiders.turns.TurnsHandler",
    "https": "spiders.turns.TurnsHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
DOWNLOADER_MIDDLEWARES = {
    "spiders.guard.GuardMiddleware": 10,
    "spiders.politeness.PolitenessMiddleware": 20,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.robots.RobotsMiddleware": 100,
    "spiders.proxies.ProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "spiders.politeness.PlainRedirectMiddleware": 600,
    "spiders.heads.HeadMiddleware": 900,
}
SPIDER_MIDDLEWARES = {
    f"scrapy.spidermiddlewares.{name}": None
    for name in (
        "depth.DepthMiddleware",
        "httperror.HttpErrorMiddleware",
        "metacopy.MetaCopyDetectionMiddleware",
        "referer.RefererMiddleware",
        "start.StartSpiderMiddleware",
        "urllength.UrlLengthMiddleware",
    )
}
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
