"""What is said of action plans: Persian first, the rule and the remedy."""

from typing import Final

PLAN_STILL_OPEN: Final = (
    "نسخهٔ {version} برنامه عمل هنوز باز است؛ نخست آن را به نتیجه برسانید.",
    "Version {version} of the action plan is still open: bring it to a decision first.",
)
VISION_MISSING: Final = (
    "برنامه عمل چشم‌انداز ندارد؛ آن را بنویسید.",
    "The action plan has no vision: write it.",
)
STRATEGY_MISSING: Final = (
    "برنامه عمل هیچ راهبردی ندارد؛ دست‌کم یکی بیفزایید.",
    "The action plan has no strategy: add at least one.",
)
PROGRAMME_MISSING: Final = (
    "برنامه عمل هیچ برنامهٔ عملیاتی کوتاه‌مدتی ندارد؛ دست‌کم یکی بیفزایید.",
    "The action plan has no short-term operational programme: add at least one.",
)
PROGRAMME_NOT_SHORT_TERM: Final = (
    "برنامهٔ عملیاتی کوتاه‌مدت است؛ «{name_fa}» را که از {months} ماه ({latest}) بلندتر است کوتاه کنید یا بشکنید.",
    "Operational programmes are short-term; {name_en} lasts beyond {months} months ({latest}): shorten or split it.",
)
PLAN_IS_APPROVED: Final = (
    "نسخهٔ مصوب برنامه عمل تغییر نمی‌کند؛ نسخهٔ تازه‌ای بنویسید.",
    "An approved version of the action plan does not change: draft a new version.",
)
PLAN_IS_NOT_OPEN: Final = (
    "برنامه عمل در وضعیت «{status}» ویرایش نمی‌شود؛ بخواهید شورا آن را بازگرداند، یا نسخهٔ تازه‌ای بنویسید.",
    "An action plan that is {status} is not edited: have the council return it, or draft a new version.",
)
PLAN_BELONGS_TO_AGENT: Final = (
    "تا پایان پروژه، برنامه عمل را عامل توسعه ارائه می‌کند؛ از او بخواهید.",
    "Until the project is completed the development agent presents the action plan: ask the agent.",
)
PLAN_BELONGS_TO_NETWORK: Final = (
    "پس از پایان پروژه، برنامه عمل را شبکهٔ فراگیر ارائه می‌کند؛ از نمایندهٔ آن بخواهید.",
    "After the project the comprehensive network presents the action plan: ask its representative.",
)
PLAN_HAS_NO_OWNER: Final = (
    "برنامه عمل متولی ندارد؛ شبکهٔ فراگیر را تعیین یا پروژه را فعال کنید.",
    "Nobody owns the action plan: designate a comprehensive network or activate a project.",
)
PLAN_BEFORE_STUDY: Final = (
    "برنامه عمل پیش از پایان مطالعهٔ شناختی ارائه شده است؛ پایان مطالعه را نیز ثبت کنید.",
    "The action plan is presented before the diagnostic study is completed: record the end of the study too.",
)
PLAN_DATED_BEFORE_STUDY: Final = (
    "برنامه در {presented}، پیش از پایان مطالعهٔ شناختی ({ended})، ارائه شده است؛ تاریخ‌ها را بازبینی کنید.",
    "The plan was presented on {presented}, before the study ended on {ended}, on which it rests: review the dates.",
)
PLAN_NOT_APPROVED: Final = (
    "این کار به برنامه عمل مصوب نیاز دارد (وضعیت کنونی: {status})؛ نخست تصویب شورای راهبری را بگیرید.",
    "This needs an approved action plan (it is {status}): obtain the steering council's approval first.",
)
DECIDED_BEFORE_PRESENTED: Final = (
    "جلسه ({held}) پیش از ارائهٔ برنامه ({presented}) برگزار شده است؛ جلسه‌ای پس از آن را برگزینید.",
    "The meeting ({held}) came before the plan was presented ({presented}): choose a later meeting.",
)
DECIDED_BEFORE_FORMER: Final = (
    "نسخهٔ پیشین در {approved} تصویب شده است؛ جلسه‌ای پس از آن را برگزینید.",
    "The former version was approved on {approved}: choose a later meeting.",
)
