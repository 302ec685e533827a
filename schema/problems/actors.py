"""What is said of networks, support institutions and stakeholders: Persian first, the rule and the remedy."""

from typing import Final

COMPREHENSIVE_NETWORK_EXISTS: Final = (
    "خوشه شبکهٔ فراگیر دارد («{name_fa}»)؛ نخست آن را منحل کنید.",
    "The cluster has a comprehensive network ({name_en}): dissolve that one first.",
)
NETWORK_DISSOLVED: Final = (
    "این شبکه در {on} منحل شده است؛ شبکهٔ دیگری برگزینید یا شبکهٔ تازه‌ای شکل دهید.",
    "This network was dissolved on {on}: choose another one or form a new one.",
)
ALREADY_MEMBER: Final = (
    "این ذی‌نفع هم‌اکنون عضو است؛ برای عضویت تازه نخست عضویت کنونی را پایان دهید.",
    "This stakeholder is a member already: end that membership before a new one begins.",
)
MEMBERSHIP_ENDED: Final = (
    "این عضویت در {on} پایان یافته است؛ عضویت تازه‌ای ثبت کنید.",
    "This membership ended on {on}: record a new one.",
)
INSTITUTION_IS_NOT_A_MEMBER: Final = (
    "نهاد پشتیبان ذی‌نفع است و عضو خوشه نمی‌شود؛ تعهدها و مشارکت آن را ثبت کنید.",
    "A support institution is a stakeholder and never a member: record what it takes part in instead.",
)
COUNTY_OF_ANOTHER_PROVINCE: Final = (
    "این شهرستان در استان خوشه نیست؛ شهرستانی از همان استان برگزینید.",
    "This county is not in the cluster's province: choose one of that province.",
)
PARENT_IS_A_BRANCH: Final = (
    "نهادی که زیرمجموعهٔ همین نهاد است بالادست آن نمی‌شود؛ نهاد دیگری برگزینید.",
    "An institution that belongs to this one cannot be its parent: choose another one.",
)
SIZE_DIFFERS: Final = (
    "با {workers} کارگر، اندازه «{size}» است؛ اندازه را خالی بگذارید یا شمار کارگران را درست کنید.",
    "With {workers} workers the size is {size}: leave the size out or correct the number.",
)
