"""What is said of indicators, their values and targets: Persian first, the rule and the remedy."""

from typing import Final

UNUSABLE_PERIOD: Final = (
    "این دوره پذیرفته نیست: {reason}",
    "This period cannot be used: {reason}",
)
PERIOD_NOT_OVER: Final = (
    "دوره تا {end} ادامه دارد؛ مقدار آن را پس از پایان دوره وارد کنید.",
    "The period lasts until {end}: enter its value once it is over.",
)
INDICATOR_COMPUTED: Final = (
    "این شاخص محاسبه می‌شود و وارد کردنی نیست؛ برای نگه‌داشتن مقدار امروز، مقدارها را برداشت کنید.",
    "This indicator is computed and not entered: take the values to keep what it says today.",
)
INDICATOR_RETIRED: Final = (
    "این شاخص از {on} کنار گذاشته شده است؛ شاخص دیگری برگزینید.",
    "This indicator is retired since {on}: choose another one.",
)
VALUE_OF_PERIOD_EXISTS: Final = (
    "برای این دوره مقداری ثبت شده است؛ همان را ویرایش کنید یا اگر تأیید شده است اصلاحیه وارد کنید.",
    "This period has a value already: edit it or, if it is approved, enter a correction of it.",
)
ONLY_APPROVED_CORRECTED: Final = (
    "تنها مقدار تأییدشده‌ای که هنوز اصلاح نشده است اصلاحیه می‌گیرد؛ مقدار دیگر را ویرایش کنید.",
    "Only an approved value without a later correction takes one: edit the value itself instead.",
)
CURRENCY_ONLY_FOR_MONEY: Final = (
    "تنها مبلغ ارز دارد؛ ارز و واحد آن را برای مبلغ بنویسید و برای شاخص‌های دیگر خالی بگذارید.",
    "Only money has a currency: name currency and unit for an amount, and leave them out otherwise.",
)
WHOLE_NUMBER: Final = (
    "این شاخص شمارشی است؛ عدد صحیح وارد کنید.",
    "This indicator counts: enter a whole number.",
)
NUMBER_TOO_PRECISE: Final = (
    "عدد حداکثر ۱۶ رقم و چهار رقم اعشار دارد؛ آن را گرد کنید.",
    "A number has at most 16 digits and four decimals: round it.",
)
PARTS_EXCEED_WHOLE: Final = (
    "جمع بخش‌ها ({parts}) از مقدار کل ({whole}) بیشتر است؛ یکی را درست کنید.",
    "The parts add up to {parts}, more than the whole ({whole}): correct one of them.",
)
EVIDENCE_MISSING: Final = (
    "مقدار بی‌مدرک ارائه نمی‌شود؛ بنویسید بر چه استوار است.",
    "A value is not submitted without evidence: say what it rests on.",
)
REVIEWS_OWN_WORK: Final = (
    "کسی که مقدار را ارائه کرده است آن را بررسی نمی‌کند؛ از همکار دیگری بخواهید.",
    "Whoever submitted a value does not review it: ask a colleague.",
)
TAKEN_TODAY: Final = (
    "مقدارهای این پروژه امروز برداشت شده است؛ روز دیگری دوباره برداشت کنید.",
    "The values of this project were taken today already: take them again on another day.",
)
STATE_HAS_NO_TARGET: Final = (
    "شاخصی که وضعیت را می‌گوید هدف عددی ندارد؛ شاخصی عددی برگزینید.",
    "An indicator that tells a state has no target: choose one that tells a number.",
)
TARGET_IS_BASELINE: Final = (
    "هدف با مقدار پایه یکی است؛ هدفی برگزینید که از آن فاصله داشته باشد.",
    "The target equals the baseline: choose one that differs from it.",
)
INDICATOR_IN_USE: Final = (
    "این شاخص مقدار دارد؛ واحد آن دیگر تغییر نمی‌کند، شاخص تازه‌ای بسازید.",
    "This indicator has values, so its unit does not change any more: add a new indicator.",
)
