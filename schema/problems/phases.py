"""What is said of phases and their gates: Persian first, the rule and the remedy."""

from typing import Final

STUDY_NOT_COMPLETED: Final = (
    "این فاز پس از پایان مطالعهٔ شناختی آغاز می‌شود؛ مطالعه را به پایان برسانید یا تاریخ پایان آن را وارد کنید.",
    "The study must be completed before this phase starts: complete it or enter its date.",
)
STARTS_BEFORE_STUDY_ENDS: Final = (
    "پیاده‌سازی نمی‌تواند پیش از پایان مطالعه ({end}) آغاز شود؛ تاریخی پس از آن وارد کنید.",
    "Implementation cannot start before the study has ended ({end}): enter a later date.",
)
BEFORE_PROJECT_START: Final = (
    "این تاریخ پیش از آغاز پروژه ({start}) است؛ همان روز یا پس از آن را وارد کنید.",
    "This date comes before the start of the project ({start}): enter that day or a later one.",
)
TRUST_LASTS_AS_LONG_AS_THE_PROJECT: Final = (
    "اعتمادسازی با پروژه آغاز می‌شود و تا پایان آن ادامه دارد؛ خود پروژه را فعال کنید یا به پایان برسانید.",
    "Trust building starts with the project and lasts until its end: activate or complete the project instead.",
)
EXIT_NOT_ANNOUNCED: Final = (
    "فاز خروج تنها با اعلام خروج آغاز می‌شود و گذشت زمان کافی نیست؛ تصمیم شورا را بگیرید و خروج را اعلام کنید.",
    "The exit phase starts only with the exit announcement, never by time alone: announce the exit.",
)
PHASE_ENDS_BY_ITSELF: Final = (
    "این فاز با رویداد خودش پایان می‌یابد ({by})؛ آن را ثبت کنید.",
    "This phase ends through its own event ({by}): record that instead.",
)
EARLIER_THAN_EXPECTED: Final = (
    "این فاز زودتر از بازهٔ معمول ({earliest}) پایان یافته است؛ دلیل آن ثبت شد.",
    "This phase ended earlier than expected ({earliest}): the reason is on record.",
)
LATER_THAN_ALLOWED: Final = (
    "این فاز دیرتر از مهلت ({latest}) پایان یافته و چنین ثبت شد؛ دلیل آن را بنویسید.",
    "This phase ended later than its window ({latest}) and is recorded so: enter the reason.",
)
OPEN_SUB_PROJECTS: Final = (
    "{count} ریزپروژه هنوز باز است؛ آن‌ها را به پایان برسانید، واگذار کنید یا با دلیل لغو کنید.",
    "{count} sub-projects are still open: complete, transfer or cancel them with a reason.",
)
GATES_UNMET: Final = (
    "{count} شرط الزامی این فاز هنوز برآورده نشده است؛ مدرک آن‌ها را ثبت کنید.",
    "{count} mandatory gates of this phase are not met yet: record their evidence.",
)
