"""What is said of what can be wrong with any input: Persian first, the rule and the remedy."""

from typing import Final

REQUIRED: Final = (
    "این خانه نباید خالی بماند؛ آن را پر کنید.",
    "This field is required: fill it in.",
)
INVALID: Final = (
    "این مقدار پذیرفته نیست: {reason}",
    "This value cannot be used: {reason}",
)
TOO_LONG: Final = (
    "متن از {limit} نویسه بلندتر است؛ کوتاهش کنید.",
    "The text is longer than {limit} characters: shorten it.",
)
NOT_FOUND: Final = (
    "چنین موردی در دسترس شما نیست یا حذف شده است؛ مورد دیگری برگزینید.",
    "There is no such thing within your reach, or it was removed: choose another one.",
)
NOT_ALLOWED: Final = (
    "نقش شما اجازهٔ این کار را ندارد؛ از مدیر استان بخواهید.",
    "Your role may not do this: ask the province administrator.",
)
STALE: Final = (
    "در این میان کس دیگری این را تغییر داده است (نسخهٔ {current})؛ مقدار کنونی را ببینید و دوباره تصمیم بگیرید.",
    "Somebody else changed this in the meantime (revision {current}): look at the current value and decide again.",
)
NOT_UNIQUE: Final = (
    "مورد دیگری با همین مقدار ثبت شده است؛ مقدار دیگری برگزینید.",
    "Another one with this value exists: choose a different value.",
)
KEY_REUSED: Final = (
    "این کلید برای فرمان دیگری به کار رفته است؛ برای فرمان تازه کلید تازه‌ای بسازید.",
    "This key was used for another command: make a new key for a new command.",
)
IN_FUTURE: Final = (
    "این تاریخ ({date}) در آینده است؛ تاریخ امروز یا پیش از آن را وارد کنید.",
    "This date ({date}) lies in the future: enter today or an earlier date.",
)
JALALI_DATE: Final = (
    "{written} تاریخ شمسی است و این‌جا تاریخ میلادی می‌آید؛ بنویسید {meant}.",
    "{written} is a Jalali date, and dates are Gregorian here: write {meant}.",
)
DATE_OUT_OF_RANGE: Final = (
    "{written} میان {earliest} و {latest} نیست؛ سال را بررسی کنید.",
    "{written} does not lie between {earliest} and {latest}: check the year.",
)
NO_NUMBER: Final = (
    "{written} عدد نیست؛ آن را با رقم بنویسید، مانند ۱۲۵۰٫۵.",
    "{written} is not a number: write it in digits, as in 1250.5.",
)
DATES_OUT_OF_ORDER: Final = (
    "پایان ({end}) پیش از آغاز ({start}) است؛ تاریخ‌ها را درست کنید.",
    "The end ({end}) comes before the start ({start}): correct the dates.",
)
REASON_REQUIRED: Final = (
    "این کار بی‌دلیل پذیرفته نیست؛ دلیل را بنویسید.",
    "This needs a reason: enter one.",
)
WRONG_STATUS: Final = (
    "وضعیت کنونی «{status}» این کار را نمی‌پذیرد؛ نخست گامی را بردارید که از این وضعیت باز است.",
    "The present status ({status}) does not permit this: first take a step that is open from it.",
)
UNUSABLE_SLUG: Final = (
    "این نام نشانی پذیرفته نیست؛ تنها حروف کوچک لاتین، رقم و خط تیره به کار ببرید، مانند lorestan-gelim.",
    "This address name cannot be used: write lower-case Latin letters, digits and hyphens, as in lorestan-gelim.",
)
UNUSABLE_CODE: Final = (
    "این کد پذیرفته نیست؛ آن را به این صورت بنویسید: {example}",
    "This code cannot be used: write it as in {example}.",
)
UNUSABLE_EMAIL: Final = (
    "این نشانی رایانامه نیست؛ آن را مانند name@example.ir بنویسید.",
    "This is not an e-mail address: write it as in name@example.ir",
)
UNUSABLE_PHONE: Final = (
    "این شمارهٔ تلفن نیست؛ تنها رقم بنویسید و اگر لازم است + را در آغاز بگذارید.",
    "This is not a telephone number: write digits only, with a leading + where needed.",
)
OUT_OF_RANGE: Final = (
    "این مقدار باید میان {least} و {most} باشد؛ عددی در این بازه وارد کنید.",
    "This value must lie between {least} and {most}: enter a number within these bounds.",
)
OUT_OF_REACH: Final = (
    "این بیرون از استان‌های شماست؛ از دفتر ملی بخواهید.",
    "This is outside your provinces: ask the national office.",
)
TOO_MANY: Final = (
    "در یک بار حداکثر {limit} مورد پذیرفته می‌شود؛ فهرست را بخش‌بخش بفرستید.",
    "At most {limit} are accepted at once: send the list in parts.",
)
NAMED_TWICE: Final = (
    "این مورد در فهرست دو بار آمده است (ردیف {row})؛ یکی را بردارید.",
    "This stands twice in the list (row {row}): remove one.",
)
ONE_OF_BOTH: Final = (
    "تنها یکی از این دو لازم است؛ یا یک ذی‌نفع برگزینید یا یک نهاد پشتیبان.",
    "Exactly one of the two is needed: choose either a stakeholder or a support institution.",
)
ALREADY_DONE: Final = (
    "این کار در {on} انجام و ثبت شده است؛ تکرار آن لازم نیست، تنها موردهای باز را برگزینید.",
    "This was done on {on} and is on record: it need not be done again, name only what is still open.",
)
OF_ANOTHER_CLUSTER: Final = (
    "این مورد از خوشهٔ دیگری است؛ یکی از همین خوشه برگزینید.",
    "This belongs to another cluster: choose one of this cluster.",
)
PART_OF_REMOVED: Final = (
    "آنچه این به آن تعلق دارد حذف شده است؛ نخست آن را بازگردانید.",
    "What this belongs to was removed: restore that first.",
)
STILL_IN_USE: Final = (
    "{count} مورد به این وابسته است؛ نخست آن‌ها را بردارید.",
    "{count} others depend on this: remove those first.",
)
