"""The words that the names of the national data set are made of; places and crafts, never persons."""

from __future__ import annotations

from typing import Final

from schema.text import persian_digits

# Crafts and industries, with half-spaces and all the letters that other alphabets lack.
CRAFTS: Final = (
    ("گلیم‌بافی", "kilim weaving"),
    ("جاجیم‌بافی", "jajim weaving"),
    ("سفال و سرامیک", "pottery and ceramics"),
    ("کفش دست‌دوز", "handmade shoes"),
    ("چرم‌دوزی", "leather goods"),
    ("خاتم‌کاری", "khatam marquetry"),
    ("ژئوتکستایل", "geotextiles"),
    ("فراورده‌های لبنی", "dairy products"),
    ("زعفران", "saffron"),
    ("پسته", "pistachio"),
    ("خرما", "dates"),
    ("گیاهان دارویی", "medicinal plants"),
    ("سنگ‌های ساختمانی", "building stone"),
    ("قطعه‌سازی", "machine parts"),
    ("مبل و منبت", "furniture and carving"),
    ("پوشاک", "clothing"),
    ("آبزیان", "fishery"),
    ("ظروف مسی", "copperware"),
    ("گز و شیرینی", "nougat and sweets"),
    ("چاپ و بسته‌بندی", "printing and packaging"),
)
NAMES: Final = (
    *("نگارین", "آرزو", "پرنیان", "چکاوک", "ژاله", "گلنار", "یاقوت", "کوهسار", "هنر ایران", "زاگرس"),
    *("البرز", "کویر", "دریا", "سپیده", "تلاش", "ماهور", "نوآوران", "رنگین‌کمان", "پیشرو", "باغستان"),
    *("ترنج", "شکوفه", "مهرگان", "نیک‌بافت", "خوش‌نقش", "سروستان", "آفتاب", "دست‌آفرید", "ارمغان", "وفا"),
)
UNDERTAKINGS: Final = (
    ("نمایشگاه گروهی", "Joint fair"),
    ("فروشگاه اینترنتی", "Online shop"),
    ("خرید گروهی مواد اولیه", "Joint purchase of raw material"),
    ("آموزش مهارت‌های فنی", "Technical training"),
    ("نوسازی ماشین‌آلات", "New machinery"),
    ("استاندارد و نشان کیفیت", "Quality standard and mark"),
    ("آزمایشگاه همکار", "Partner laboratory"),
    ("شبکه‌سازی تولیدکنندگان", "Networking of producers"),
    ("بازاریابی صادراتی", "Export marketing"),
    ("طراحی و بسته‌بندی", "Design and packaging"),
)
INSTITUTIONS: Final = (
    ("اداره‌کل صنایع دستی", "Handicrafts directorate", "CULTURAL_HERITAGE", "GOVERNMENTAL", "11"),
    ("مرکز آموزش فنی و حرفه‌ای", "Vocational training centre", "TVTO", "GOVERNMENTAL", "11"),
    ("شعبه بانک توسعه تعاون", "Cooperative Development Bank, branch", "BANK", "GOVERNMENTAL", "15"),
    ("اتحادیه صنف", "Guild union", "GUILD_UNION", "NON_GOVERNMENTAL", "70"),
    ("شرکت تعاونی", "Cooperative company", "NGO", "NON_GOVERNMENTAL", "22"),
    ("دانشکده هنر و صنعت", "School of arts and industry", "UNIVERSITY", "GOVERNMENTAL", "80"),
    ("صندوق پژوهش و فناوری", "Research and technology fund", "FUND", "GOVERNMENTAL", "15"),
)


def named(words: str, number: int) -> str:
    """Return words with a number in Persian digits after them."""
    return f"{words} {persian_digits(str(number))}"
