"""What is said of the exit of the agent: Persian first, the rule and the remedy."""

from typing import Final

DEVELOPMENT_NOT_ATTAINED: Final = (
    "سطح توسعه‌یافتگی خوشه به «{required}» نرسیده است؛ نخست ارزیابی آن را ثبت کنید.",
    "The cluster has not attained the level {required}: record its assessment first.",
)
DEFINING_NOT_ATTAINED: Final = (
    "خوداتکایی اعضا در تعریف پروژه‌ها به {required} نرسیده است؛ ارزیابی خوداتکایی را ثبت کنید.",
    "Self-reliance in defining projects has not reached {required}: record an assessment that does.",
)
STEERING_NOT_ATTAINED: Final = (
    "خوداتکایی اعضا در راهبری پروژه‌ها به {required} نرسیده است؛ ارزیابی خوداتکایی را ثبت کنید.",
    "Self-reliance in steering projects has not reached {required}: record an assessment that does.",
)
SHARE_OUT_OF_RANGE: Final = (
    "سهم میان ۰ و ۱ است؛ برای ۵۰ درصد ۰٫۵ بنویسید.",
    "A share lies between 0 and 1: write 0.5 for 50 per cent.",
)
EXIT_NOT_DECIDED: Final = (
    "شورای راهبری خوشه هنوز خروج را تصویب نکرده است؛ تصمیم شورا را ثبت کنید.",
    "The cluster's council has not decided on the exit: record its decision.",
)
READINESS_LOW: Final = (
    "امتیاز آمادگی خروج {score} است و به آستانه نمی‌رسد؛ تصمیم با شوراست و چنین ثبت می‌شود.",
    "The readiness score is {score}, below the threshold: the decision is the council's and is recorded so.",
)
EXIT_WITHOUT_STUDY: Final = (
    "تا مطالعهٔ شناختی پایان نیابد، خروج پایان نمی‌یابد؛ گزارش را ارائه کنید و پایان فاز مطالعه را ثبت کنید.",
    "The exit is completed only after the diagnostic study: present its report and complete its phase.",
)
EXIT_TOO_EARLY: Final = (
    "خروج پیش از {earliest} پایان نمی‌یابد؛ تا آن روز بمانید یا دلیل عدول را بنویسید.",
    "The exit is not completed before {earliest}: wait until then, or give the reason of an override.",
)
STEPS_MISSING: Final = (
    "خروج تدریجی است و دست‌کم {least} گام واگذاری می‌خواهد ({count} گام ثبت شده است)؛ گام‌های دیگر را بیفزایید.",
    "The exit is gradual and needs at least {least} hand-over steps ({count} are planned): add steps.",
)
STEPS_NOT_DONE: Final = (
    "{count} گام واگذاری هنوز انجام نشده است؛ نخست آن‌ها را به انجام برسانید.",
    "{count} hand-over steps are not done yet: complete them first.",
)
ONE_RECIPIENT: Final = (
    "تحویل‌گیرنده یا شبکه است یا نهاد پشتیبان؛ یکی را برگزینید.",
    "Either a network or an institution takes over: choose one.",
)
STEP_AFTER_WINDOW: Final = (
    "موعد این گام ({due}) پس از پایان مهلت خروج ({latest}) است؛ موعد زودتری برگزینید.",
    "This step is due on {due}, after the exit should be completed ({latest}): choose an earlier day.",
)
