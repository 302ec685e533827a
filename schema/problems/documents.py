"""What is said of documents and the files they come from: Persian first, the rule and the remedy."""

from typing import Final

DOCUMENT_ON_RECORD: Final = (
    "این سند همراه چیزی است که تصویب یا انجام شده و در پرونده می‌ماند؛ سند درست را کنار آن پیوست کنید.",
    "This lies with something that was approved or done and stays on record: attach the right one beside it.",
)
UPLOAD_ATTACHED: Final = (
    "این پرونده پیش‌تر پیوست شده است؛ پرونده را دوباره بفرستید.",
    "This file is attached already: send the file again.",
)
FILE_EMPTY: Final = (
    "پرونده خالی است؛ پروندهٔ دیگری برگزینید.",
    "The file is empty: choose another one.",
)
FILE_TOO_LARGE: Final = (
    "پرونده از {limit} مگابایت بزرگ‌تر است؛ آن را کوچک‌تر کنید یا بخش‌بخش بفرستید.",
    "The file is larger than {limit} MB: make it smaller or send it in parts.",
)
FILE_TYPE_UNKNOWN: Final = (
    "این گونه پرونده پذیرفته نیست؛ PDF، تصویر (PNG، JPEG، WEBP)، سند آفیس یا ODF، CSV یا متن ساده بفرستید.",
    "Such files are not accepted: send PDF, an image (PNG, JPEG, WEBP), an Office or ODF document, CSV or text.",
)
FILE_NOT_WHAT_IT_CLAIMS: Final = (
    "پرونده آن چیزی نیست که می‌نماید: نامش از {claimed} می‌گوید و محتوایش {found} است؛ پروندهٔ درست را بفرستید.",
    "The file is not what it claims: it says {claimed}, its content is {found}. Send the right file.",
)
FILE_UNSAFE: Final = (
    "این پرونده پذیرفته نیست، چون {reason}؛ پروندهٔ دیگری بفرستید.",
    "This file is not accepted ({reason}): send another one.",
)
DOCUMENT_NOT_ATTACHED: Final = (
    "سند با شماره ثبت شد و پروندهٔ آن («{kind}») پیوست نیست؛ پرونده را در همین صفحه پیوست کنید.",
    "The document is on record by its number and its file ({kind}) is not attached: attach the file on this page.",
)
