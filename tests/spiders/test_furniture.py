"""What is furniture by its words, by its markup and by its shape."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from spiders.reading import furniture, labels
from spiders.reading.labels import Kind

KINDS = {
    "اضافة تعليق": Kind.END,
    "أضف تعليقاً": Kind.END,
    "الإسم *": Kind.END,
    "البريد الألكتروني *": Kind.END,
    ": Characters Left": Kind.END,
    "جميع الحقوق محفوظة © 2026": Kind.END,
    "لن يتم نشر عنوان بريدك الإلكتروني": Kind.END,
    "الآراء الواردة في التعليقات هنا لا تعبر عن رأي الموقع بل عن رأي أصحابها وحدهم": Kind.END,
    "التعليقات": Kind.COMMENTS,
    "التعليقات (12)": Kind.COMMENTS,
    "0 تعليق": Kind.COMMENTS,
    "اقرأ أيضاً": Kind.BOX,
    "إقرأ ايضا :": Kind.BOX,
    "اقرأ أيضاً: حريق في مستودع للأخشاب": Kind.BOX,
    "مواضيع ذات صلة": Kind.BOX,
    "الأكثر قراءة": Kind.BOX,
    "Stories": Kind.BOX,
    "الوسوم:": Kind.BOX,
    "طباعة الخبر": Kind.LINE,
    "طباعة الخبر طباعة الخبر ارسال الخبر الى صديق": Kind.LINE,
    "فيسبوك تويتر واتساب Email": Kind.LINE,
    "آخر تحديث GMT 10:15": Kind.LINE,
    "تابعونا على تلغرام": Kind.LINE,
    "اشترك في نشرتنا الأسبوعية": Kind.LINE,
    "***": Kind.LINE,
    "قيّم المقال ★★★★☆ 4.5 (12 صوت)": Kind.LINE,
    "تقييم المستخدم: 4.1 ( 9 أصوات)": Kind.LINE,
    "مقالات قد تعجبك": Kind.BOX,
    "المواضيع الأكثر تداولا هذا الأسبوع": Kind.BOX,
    "تقارير أخرى للكاتب": Kind.BOX,
    "نبذة عن الكاتب": Kind.END,
    "التدوينات المنشورة في المجلة لا تعبر عن وجهة نظر فريق التحرير": Kind.END,
    "انقر للمشاركة على فيسبوك (فتح في نافذة جديدة)": Kind.LINE,
    "وجدت خطأ في هذا الخبر؟ أخبرنا": Kind.LINE,
    "هذا الملخص أعده الذكاء الاصطناعي": Kind.LINE,
    "تبرعك يساعدنا على الاستمرار": Kind.LINE,
    "ردود القراء (4)": Kind.COMMENTS,
    "المقال يعبر عن رأي كاتبه ولا يعبر بالضرورة عن رأي المجلة": Kind.END,
    "إذا كنت تعتقد/تعتقدين أن المقال يحوي خطأ فاكتب/اكتبي إلى المحرر": Kind.END,
    "لتصفح العدد الجديد من المجلة.. اضغط هنا": Kind.LINE,
    "تابع مجلة الساقية على غوغل نيوز": Kind.LINE,
    "♦ رجاء الاشتراك هنا لإيصال جديد المجلة إلى بريدكم الإلكتروني كل صباح.": Kind.LINE,
    "تمت مشاركة منشور بواسطة حدائق المدينة (@hadaeq)": Kind.LINE,
    "عرض هذا المنشور على Instagram": Kind.LINE,
    "To view this video please enable JavaScript": Kind.LINE,
    "Your browser does not support the audio element.": Kind.LINE,
    "لتشغيل هذا التسجيل لابد من تشغيل برنامج جافا سكريبت": Kind.LINE,
    "4 دقائق قراءة": Kind.LINE,
    "Role, مراسل الساقية، حلب": Kind.LINE,
    "Posted By سامر On 21 يونيو 2017 @ 3:02 م In موسيقى": Kind.LINE,
    "2023-03-05T14:20:00+03:00": Kind.LINE,
    "الصورة من احتفال الحي في الساحة القديمة.": Kind.LINE,
    "نشر في 4 آذار 2019 على الصفحة الأولى من العدد السابق.": Kind.LINE,
}
ARTICLE = [
    "الصورة ليست قاتمة في القرى البعيدة، بحسب المشرفة على المشروع.",
    "حدث في ربيع العام الماضي أن فاض النهر مرتين فتأخر الموسم.",
    "كتب في خاتمة الدراسة أن حفظ البذور يبدأ من المزارع نفسه.",
    "وقالت الكاتبة إن المقال لا يعبر عن رأي أحد سواها.",
    "قد تصلك رسالة إلى بريدك الإلكتروني تطلب كلمة السر، فلا ترد عليها.",
    "أعلنت الشركة أن خدمتها للأخبار لن تظهر بعد اليوم في غوغل نيوز.",
    "وقال المتحدث إن التعليقات التي نشرت على لسانه غير صحيحة.",
    "نشر الجيش 300 جندي على الحدود قبل الساعة 10:30 صباحا.",
    "نشر يوم الخميس 3 تموز تقرير يتهم الوزارة بالتقصير.",
    "شارك في الاجتماع ممثلون عن تسع منظمات محلية.",
    "وطالب الأهالي بطباعة المنهاج الجديد قبل بدء العام الدراسي.",
    "المزيد من الجهد مطلوب لحماية الآثار قال الوزير في ختام كلمته أمام المشاركين في الورشة اليوم",
    "لافروف: موعد الزيارة لم يحدد",
    "★ أكد الوزير أن الأسعار لن ترتفع قبل نهاية العام.",
    "ملخص مؤتمر الذكاء الاصطناعي في الرياض",
    "تبرعك بالدم ينقذ حياة ثلاثة مرضى.",
    "وقع خطأ في التقدير كما أخبرنا",
    "المقالات القديمة تعجبك أكثر",
    "كلمة " * 500,
]


@pytest.mark.parametrize("text", KINDS)
def test_furniture_words(text: str) -> None:
    assert labels.kind(text, len(text.split())) is KINDS[text]


@pytest.mark.parametrize("text", ARTICLE)
def test_article_words(text: str) -> None:
    assert labels.kind(text, len(text.split())) is None


@pytest.mark.parametrize(
    "tag",
    [
        "<nav>",
        "<aside>",
        "<footer>",
        "<form>",
        "<div role='navigation'>",
        "<div class='related-posts'>",
        "<div class='news-tags_article'>",
        "<div id='sidebar'>",
        "<ul class='more-on'>",
        "<div class='teaserBlock'>",
        "<span class='img-caption'>",
        "<section class='css-1x2' aria-labelledby='podcast-promo'>",
        "<section data-e2e='top-stories'>",
    ],
)
def test_furniture_markup(tag: str) -> None:
    assert furniture.boxed(fromstring(f"<div>{tag}</div>")[0])


@pytest.mark.parametrize(
    "tag",
    [
        "<article class='post tag-share related'>",
        "<div class='article-body'>",
        "<div class='content'>",
        "<p class='teaser-text'>",
        "<div class='shareholders-report'>",
        "<section aria-labelledby='article-byline'>",
        "<div aria-labelledby='related-words'>",
        "<article><footer class='submitted'></footer></article>",
    ],
)
def test_article_markup(tag: str) -> None:
    found = fromstring(f"<div>{tag}</div>")
    assert not any(furniture.boxed(one) for one in found.iterdescendants())


@pytest.mark.parametrize(
    "text", ["واشنطن - العرب اليوم", "وكالات – سياسة – الرأي –", "دمشق ـ سانا", "العرب اليوم -"]
)
def test_place_lines(text: str) -> None:
    assert furniture.place_line(text, len(text.split()))


@pytest.mark.parametrize("text", ["الوزير: لا موعد للزيارة", "انتهى الاجتماع - دون بيان."])
def test_lines_that_are_no_place(text: str) -> None:
    assert not furniture.place_line(text, len(text.split()))


def test_date_lines() -> None:
    assert furniture.date_line("تم نشره الجمعة 24 نيسان 2020 09:22 مساءً", 8)
    assert not furniture.date_line("وقع الاتفاق في 24 نيسان 2020 بحضور وفود من سبع دول عربية", 11)
    assert not furniture.date_line("الجمعة", 1)
