"""What is said of clusters, their places and their feasibility studies: Persian first, the rule and the remedy."""

from typing import Final

PROVINCE_MISMATCH: Final = (
    "شهرستان «{county}» در این استان نیست؛ شهرستانی از همین استان برگزینید.",
    "The county {county} is not in this province: choose one of this province.",
)
CLUSTER_DORMANT: Final = (
    "خوشه غیرفعال است؛ نخست آن را دوباره فعال کنید.",
    "The cluster is dormant: reactivate it first.",
)
TRANSITION_NOT_OPEN: Final = (
    "خوشه از وضعیت «{status}» به «{to}» نمی‌رود؛ گام‌های پیشین را به ترتیب ثبت کنید.",
    "A cluster does not pass from {status} to {to}: record the earlier steps in their order.",
)
PROJECT_STILL_RUNNING: Final = (
    "خوشه پروژهٔ در جریان دارد؛ نخست آن را به پایان برسانید یا لغو کنید.",
    "The cluster has a running project: complete or cancel it first.",
)
LEVEL_TOO_LOW: Final = (
    "سطح توسعه‌یافتگی ثبت‌شده به «{required}» نرسیده است؛ نخست ارزیابی تازه را ثبت کنید.",
    "The recorded level of development does not reach {required}: record a new assessment first.",
)
HAS_HISTORY: Final = (
    "پروژه‌ای در این خوشه آغاز شده یا سندی تصویب شده است؛ چنین خوشه‌ای حذف نمی‌شود، آن را غیرفعال کنید.",
    "A project was started or something was approved here, so it cannot be deleted: make it dormant instead.",
)
PLACE_OF_ANOTHER_COUNTY: Final = (
    "این شهر یا روستا در شهرستان گفته‌شده نیست؛ جایی از همان شهرستان برگزینید یا شهرستان را هم تغییر دهید.",
    "This place is not in the county: choose one of that county or change the county as well.",
)
FEASIBILITY_SKIPPED: Final = (
    "امکان‌سنجی پایان‌یافته و مساعدی برای این خوشه ثبت نشده است؛ آن را به پایان برسانید یا ثبت کنید.",
    "No completed feasibility study speaks for this cluster: complete the study or enter the one made.",
)
FEASIBILITY_UNDER_WAY: Final = (
    "امکان‌سنجی این خوشه هنوز در جریان است؛ نخست آن را به پایان برسانید.",
    "The feasibility study of this cluster is under way: complete it first.",
)
FEASIBILITY_COMPLETED: Final = (
    "این امکان‌سنجی در {on} پایان یافته است؛ برای اصلاح آن را ویرایش کنید.",
    "This feasibility study was completed on {on}: edit it to correct it.",
)
PROJECT_RESTS_ON_STUDY: Final = (
    "پروژهٔ این خوشه بر همین امکان‌سنجی استوار است و می‌ماند؛ آن را اصلاح کنید یا نخست امکان‌سنجی درست را ثبت کنید.",
    "A project of this cluster rests on this study, so it stays: correct it, or enter the right study first.",
)
THERE_ALREADY: Final = (
    "خوشه هم‌اکنون در وضعیت «{status}» است؛ کاری لازم نیست.",
    "The cluster is there already ({status}): nothing needs to be done.",
)
