"""How fast articles go into SQLite and deliveries come out of it, on one core.

The articles are made up: words drawn as news draws them (few often, most seldom) so that passages
do not repeat by chance; one in five names a topic, one in ten reprints an earlier one.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlite_utils
from rich.console import Console
from rich.table import Table

from storage.outbox import Sent
from storage.store import Store
from watch.ingest import ingest
from watch.records import Article, Level
from watch.topics import Topics, from_name, load

ARTICLES = 4_000
FOLLOWERS = 50
OWED_CHATS, OWED_STORIES = 2_000, 50  # 100,000 rows
SETTLED = 6_000
IDLE = 1_000
NAMES = 2_000  # of people and towns, which a title holds: else all would tell of the same
START = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
MORE_TOPICS = ("دمشق", "حمص", "حماة", "إدلب", "درعا", "الرقة", "دير الزور", "اللاذقية")

_STEMS = """
مدرسة طريق جسر ماء كهرباء خبز سوق قرية مدينة بلدية مشروع خطة لجنة وزير مدير ناطق بيان صباح مساء
أسبوع شهر عام طبيب مستشفى مريض لقاح حملة مساعدات شاحنة قافلة معبر حدود وفد زيارة لقاء محادثات
اتفاق جلسة مجلس قرار قانون محكمة قاض حكم شرطي دورية حريق إطفاء مطر ثلج سيل زلزال إنقاذ فريق
مباراة لاعب هدف ملعب بطولة مدرب فوز تعادل موسم مزارع قمح زيتون محصول سعر ليرة دولار مصرف رصيف
تجارة شركة عقد مصنع عامل أجر نقابة إضراب صحفي كتاب معرض فنان مسرح فيلم مهرجان جائزة طالب
جامعة أستاذ امتحان شهادة بحث دراسة علماء كوكب صاروخ قمر حاسوب هاتف شبكة تطبيق سيارة حافلة قطار
مطار رحلة مسافر سائح فندق بحر ميناء سفينة صياد نهر سد بئر حقل نفط غاز أنبوب محطة وقود طاقة ريح
"""
_VERBS = """
قال أعلن أضاف أكد أوضح نفى طالب دعا افتتح أغلق وصل غادر بدأ انتهى ارتفع انخفض تراجع تقدم فاز
خسر وزع نقل بنى رمم زار التقى وقع رفض قبل شارك حضر تابع واصل استأنف أوقف كشف نشر ذكر أشار حذر
"""
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


@dataclass
class Clocked:
    """How long a piece of work took, by the wall and in CPU time of this process."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Add what the work inside takes."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall_seconds += time.perf_counter() - wall
        self.cpu_seconds += time.process_time() - cpu

    def rates(self, count: int) -> tuple[str, str]:
        """So many things a second, and a second of CPU."""
        return f"{count / self.wall_seconds:,.0f}", f"{count / self.cpu_seconds:,.0f}"


def run() -> None:
    """Print the figures; every run makes the same articles."""
    with tempfile.TemporaryDirectory() as folder:
        table = Table("what", "a second", "a CPU second", "goal")
        ingested, joined, alerts = _ingest(Path(folder) / "ingest.db")
        bare = _bare(Path(folder) / "bare.db", tuned=False)
        tuned = _bare(Path(folder) / "tuned.db", tuned=True)
        said = f"articles ingested: 10 topics, {FOLLOWERS} followers"
        table.add_row(said, *ingested.rates(ARTICLES), "over 100, later 200")
        table.add_row(f"  of them {joined} joined a story; {alerts} alerts owed", "", "", "")
        for name, clock in (
            ("bare sqlite-utils inserts of the same", bare),
            ("the same in WAL, synchronous=NORMAL", tuned),
        ):
            table.add_row(name, *clock.rates(ARTICLES), "")
            share = f"{clock.wall_seconds / ingested.wall_seconds:.2f}"
            table.add_row("  ingest as a share of it", share, "", "later 0.10" * (clock is bare))
        settled, idle = _outbox(Path(folder) / "outbox.db")
        said = f"claims and settles, {OWED_CHATS * OWED_STORIES:,} rows owed"
        table.add_row(said, *settled.rates(SETTLED), "over 1,000")
        table.add_row("claims that find nothing to send", *idle.rates(IDLE), "")
        Console().print(table)


def _topics() -> Topics:
    shipped = load(Path(__file__).parents[1] / "seeds")
    return shipped.with_topics(from_name(name, shipped.gazetteer) for name in MORE_TOPICS)


def articles(count: int) -> Iterator[Article]:
    """Make articles of about 280 words in order of arrival."""
    dice = random.Random(2)
    words = [prefix + stem for prefix in ("", "ال", "و", "بال") for stem in _STEMS.split()]
    weights = [1 / (rank + 2) for rank in range(len(words))]
    dice.shuffle(words)
    names = ["".join(dice.choices(_LETTERS, k=dice.randrange(4, 8))) for _ in range(NAMES)]
    earlier: list[str] = []
    for number in range(count):
        if earlier and number % 10 == 9:
            text = earlier[dice.randrange(len(earlier))].rsplit("\n\n", 1)[0]
        else:
            text = "\n\n".join(_paragraph(dice, words, weights) for _ in range(7))
        place = f" في {dice.choice(('حلب', *MORE_TOPICS))}" if number % 5 == 0 else ""
        named = [*dice.choices(words, weights, k=4), *dice.choices(names, k=3)]
        title = " ".join([dice.choice(_VERBS.split()), *named]) + place
        earlier = [*earlier[-500:], text]
        yield Article(
            site=f"site{number % 30}",
            outlet=f"صحيفة {number % 30}",
            url=f"https://news{number % 30}.example/{number}",
            identity=f"site{number % 30}:{number}",
            title=title,
            text=f"{place}{text}".strip(),
            published=START,
            updated=None,
            agency=None,
            language="ar",
            first_seen=START + timedelta(seconds=20 * number),
            alerts=True,
        )


def _paragraph(dice: random.Random, words: list[str], weights: list[float]) -> str:
    sentences = (
        " ".join(
            [dice.choice(_VERBS.split()), *dice.choices(words, weights, k=dice.randrange(8, 18))]
        )
        for _ in range(3)
    )
    return ". ".join(sentences) + "."


def _ingest(database: Path) -> tuple[Clocked, int, int]:
    """Ingest them all; return the time, how many joined a story, and how many alerts are owed."""
    topics, dice = _topics(), random.Random(3)
    made = list(articles(ARTICLES))
    with Store(database) as store:
        ids = [topic.id for topic in topics]
        for chat_id in range(1, FOLLOWERS + 1):
            store.people.welcome(chat_id, "private", "ar", START)
            for topic in dice.sample(ids, 2):
                store.people.follow(chat_id, topic, Level.ABOUT, START)
        clock, alerts = Clocked(), 0
        with clock.running():
            for article in made:
                recorded = ingest(article, topics, store.stories).recorded
                alerts += recorded.alerts if recorded else 0
        status = store.archive.status(START)
    return clock, status.articles - status.stories, alerts


def _bare(database: Path, *, tuned: bool) -> Clocked:
    """Insert the same articles one by one with sqlite-utils alone, a commit each: as it opens a
    database, with the disk waited for, or tuned to write without waiting.
    """
    rows = [asdict(article) for article in articles(ARTICLES)]
    clock = Clocked()
    db = sqlite_utils.Database(database)
    if tuned:
        db.enable_wal()
        db.execute("PRAGMA synchronous=NORMAL")
    table = db.table("articles")
    with clock.running():
        for row in rows:
            table.insert(row)
    db.close()
    return clock


def _outbox(database: Path) -> tuple[Clocked, Clocked]:
    """Claim thirty at a time and settle one by one, as a sender does; then claim in vain."""
    settling, idle = Clocked(), Clocked()
    with Store(database) as store:
        _owe(store)
        now, settled = START, 0
        with settling.running():
            while settled < SETTLED:
                now += timedelta(seconds=1)
                settled += _send(store, now)
        with idle.running():
            for _ in range(IDLE):  # for the terminal, to whom nothing is owed
                store.outbox.claim(now, holder="b", lease_seconds=60, limit=30, terminal=True)
    return settling, idle


def _owe(store: Store) -> None:
    """Make all chats follow what fifty stories are about."""
    for chat_id in range(1, OWED_CHATS + 1):
        store.people.welcome(chat_id, "private", "ar", START)
        store.people.follow(chat_id, "aleppo", Level.ABOUT, START)
    topics, news = _topics(), articles(ARTICLES)
    while store.outbox.owed() < OWED_CHATS * OWED_STORIES:
        article = next(news)
        if article.title.endswith("في حلب"):
            ingest(article, topics, store.stories)


def _send(store: Store, now: datetime) -> int:
    claimed = store.outbox.claim(now, holder="b", lease_seconds=60, limit=30, terminal=False)
    for delivery in claimed:
        next_at = now + timedelta(seconds=1)
        store.outbox.settle(delivery, Sent(1), now=now, next_at=next_at)
    return len(claimed)
