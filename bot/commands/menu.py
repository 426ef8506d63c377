"""The menu of commands that Telegram shows, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from storage.people import Language

MENU: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "ar": {
            "follow": "تابع موضوعًا",
            "watch": "راقب كلماتك أنت",
            "mine": "ما تتابعه",
            "topics": "كل المواضيع",
            "unfollow": "اترك موضوعًا",
            "latest": "آخر الأخبار",
            "search": "ابحث في ما قرأت",
            "why": "لماذا وصلك هذا التنبيه",
            "quiet": "ساعات هدوء",
            "digest": "موجز كل ساعة أو كل يوم",
            "mute": "بلا صوت",
            "unmute": "أعد الصوت",
            "urgent": "موضوع يصل في ساعات الهدوء",
            "limit": "أقصى عدد من التنبيهات في الساعة",
            "stats": "ما وصلك في أسبوع",
            "lang": "لغة الرسائل",
            "forget": "امحُ كل ما أعرفه عنك",
            "help": "ما أفهمه",
        },
        "en": {
            "follow": "Follow a topic",
            "watch": "Watch words of your own",
            "mine": "What you follow",
            "topics": "All topics",
            "unfollow": "Leave a topic",
            "latest": "The latest stories",
            "search": "Search what was read",
            "why": "Why you got this alert",
            "quiet": "Quiet hours",
            "digest": "A digest, hourly or daily",
            "mute": "Without a sound",
            "unmute": "Ring again",
            "urgent": "A topic that comes through quiet hours",
            "limit": "At most so many alerts an hour",
            "stats": "Your week",
            "lang": "The language of messages",
            "forget": "Erase all I know about you",
            "help": "What I understand",
        },
    }
)
