"""What is said of trust building and its surveys: Persian first, the rule and the remedy."""

from typing import Final

PARTICIPANTS_REQUIRED: Final = (
    "برای این فعالیت شرکت‌کننده‌ای ثبت نشده است؛ دست‌کم یکی را وارد کنید.",
    "Nobody is entered as taking part: enter at least one participant.",
)
ALREADY_RECORDED: Final = (
    "این در {on} انجام و ثبت شده است و می‌ماند؛ برای کار تازه، مورد دیگری بنویسید.",
    "This was done on {on} and stays on record: plan another one for what is new.",
)
NOT_SHORT_TERM: Final = (
    "پروژهٔ اعتمادساز کوتاه‌مدت است و این یکی از {months} ماه ({latest}) بلندتر است؛ آن را کوتاه کنید یا بشکنید.",
    "Trust-building projects are short-term and this one exceeds {months} months ({latest}): shorten or split it.",
)
SURVEY_ALREADY_OPEN: Final = (
    "دور دیگری از پیمایش باز است؛ نخست آن را ببندید.",
    "Another round of the survey is open: close it first.",
)
SURVEY_EMPTY: Final = (
    "هنوز هیچ پاسخی ثبت نشده است؛ پیش از بستن، پاسخ‌ها را وارد کنید.",
    "No answer is entered yet: enter the answers before closing.",
)
SCORE_OUT_OF_RANGE: Final = (
    "امتیاز باید میان {least} و {most} باشد؛ یکی از این نمره‌ها را وارد کنید.",
    "The score must lie between {least} and {most}: enter one of these.",
)
NOT_ANSWERED: Final = (
    "چنین پاسخی در این دور ثبت نشده است؛ پاسخ‌دهنده و کسی را که پاسخ دربارهٔ اوست دوباره برگزینید.",
    "No such answer is entered in this round: choose again who answered and whom the answer is about.",
)
MEMBERS_ONLY: Final = (
    "تنها عضو همین خوشه پذیرفته است؛ عضوی از این خوشه برگزینید.",
    "Only a current member of this cluster is accepted here: choose one.",
)
ABOUT_ONESELF: Final = (
    "هیچ‌کس به خودش امتیاز نمی‌دهد؛ دیگری را برگزینید.",
    "Nobody rates themselves: choose somebody else.",
)
