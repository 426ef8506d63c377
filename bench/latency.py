"""Page fetched to alert sent: what munadi itself adds between the site's answer and Telegram."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

from loopback.botapi import BotAPI
from loopback.newsweb import NewsWeb
from loopback.running import Running, wait_until
from rich.console import Console
from rich.table import Table

STORIES = 25
READER = 4711
PACE_SECONDS = 1.2  # a chat gets one message a second: Telegram's limit is not what is measured
WORDS = [
    "مدرسة",
    "جسر",
    "سوق",
    "حديقة",
    "مكتبة",
    "ملعب",
    "مسرح",
    "مخبز",
    "مصنع",
    "متحف",
    "طريق",
    "ميناء",
    "نهر",
    "حقل",
    "بئر",
    "قافلة",
    "ورشة",
    "معرض",
    "افتتاح",
    "ترميم",
    "إغلاق",
    "توسعة",
    "بناء",
    "زيارة",
    "دراسة",
    "تنظيف",
    "تأجيل",
    "تدشين",
    "صيانة",
    "فحص",
    "تأهيل",
    "عرض",
    "بيع",
    "شراء",
]


def run(stories: int = STORIES) -> None:
    """Publish stories one by one to a real service and print how long each took to arrive."""
    with tempfile.TemporaryDirectory() as folder, NewsWeb() as web, BotAPI() as api:
        outlet = web.outlet("nahr", "صحيفة النهر")
        outlet.publish("نشرة الصباح", "لا جديد في نشرة هذا الصباح من صحيفة النهر.")
        outlet.write_seed(Path(folder) / "seeds")
        environment = {"MUNADI_TELEGRAM_TOKEN": api.token, "MUNADI_TELEGRAM_API": api.url}
        running = Running(Path(folder), **environment)
        try:
            running.until_ready()
            api.say(READER, "/follow aleppo")
            wait_until(lambda: outlet.asked(outlet.stories[-1].path) and api.chat(READER).messages)
            waits = []
            for number in range(stories):
                title, body = invented(random.Random(number))
                story = outlet.publish(title, body)
                published = time.monotonic()
                api.wait(lambda title=title: any(title in each.text for each in api.sent()), 30)
                sent = next(each for each in api.sent() if title in each.text)
                fetched = outlet.asked(story.path)[0].until
                time.sleep(PACE_SECONDS)
                waits.append((sent.at - fetched, sent.at - published))
        finally:
            running.kill()
    table = Table("seconds", "median", "p95", "worst", title=f"{stories} stories")
    for name, column in (("page fetched to alert sent", 0), ("published to alert sent", 1)):
        values = sorted(wait[column] for wait in waits)
        p95 = values[int(0.95 * (len(values) - 1))]
        table.add_row(name, *(f"{v:.2f}" for v in (statistics.median(values), p95, values[-1])))
    Console().print(table)


def invented(dice: random.Random) -> tuple[str, str]:
    """A story from Aleppo that is like no other: one that is like another would join it."""
    title = f"حلب: {' '.join(dice.sample(WORDS, 5))}"
    body = " ".join(f"{' '.join(dice.choices(WORDS, k=9))} في مدينة حلب." for _ in range(6))
    return title, body
