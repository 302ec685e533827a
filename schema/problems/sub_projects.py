"""What is said of sub-projects and their money: Persian first, the rule and the remedy."""

from typing import Final

SUB_PROJECT_LEFT_BEHIND: Final = (
    "ریزپروژهٔ مصوب «{name_fa}» آغاز نشده و در نسخهٔ تازه نیست؛ آن را منتقل یا لغو کنید.",
    "The approved sub-project {name_en} has not begun and is not in the new version: carry it over or cancel it.",
)
SUB_PROJECT_WITHOUT_NETWORK: Final = (
    "ریزپروژهٔ «{name_fa}» شبکه‌ای ندارد و اجرای آن در قالب شبکه انتظار می‌رود؛ شبکه‌ای به آن بسپارید.",
    "The sub-project {name_en} has no network, and networks are expected to carry it out: assign one to it.",
)
IMPLEMENTATION_NOT_STARTED: Final = (
    "فاز پیاده‌سازی آغاز نشده است؛ نخست آن را آغاز کنید.",
    "The implementation phase has not started: start it first.",
)
BEFORE_PLAN_APPROVAL: Final = (
    "این تاریخ پیش از تصویب برنامه عمل ({approved}) است؛ همان روز یا پس از آن را وارد کنید.",
    "This date comes before the approval of the action plan ({approved}): enter that day or a later one.",
)
AGENT_LED_AFTER_ANNOUNCEMENT: Final = (
    "خروج اعلام شده و این ریزپروژه به راهبری عامل توسعه است؛ راهبری آن را به عضو یا شبکه بسپارید.",
    "The exit is announced and the agent leads this sub-project: let a member or a network lead it.",
)
MILESTONES_OPEN: Final = (
    "{count} گام انجام نشده است؛ اگر انجام شده‌اند پیشرفت آن‌ها را گزارش کنید.",
    "{count} milestones are not done: report them if they are.",
)
NOT_OF_THE_OPEN_LIST: Final = (
    "نوع افزوده تنها با نوع «سایر» می‌آید؛ نوع را «سایر» کنید.",
    "An additional type goes with the type OTHER only: choose OTHER.",
)
TYPE_RETIRED: Final = (
    "این نوع از {on} دیگر به کار نمی‌رود؛ نوع دیگری برگزینید.",
    "This type has been retired since {on}: choose another one.",
)
OF_ANOTHER_PLAN: Final = (
    "این مورد از نسخهٔ دیگری از برنامه عمل است؛ یکی از همین نسخه برگزینید.",
    "This belongs to another version of the action plan: choose one of this version.",
)
NETWORK_ALREADY_ASSIGNED: Final = (
    "این شبکه هم‌اکنون مجری این ریزپروژه است؛ شبکهٔ دیگری برگزینید.",
    "This network carries out the sub-project already: choose another one.",
)
NETWORK_NOT_ASSIGNED: Final = (
    "این شبکه مجری این ریزپروژه نیست؛ نخست آن را مجری کنید.",
    "This network does not carry out the sub-project: assign it first.",
)
SAME_LEADER: Final = (
    "راهبری این ریزپروژه هم‌اکنون با «{leader}» است؛ راهبر دیگری برگزینید.",
    "This sub-project is led by the {leader} already: choose another leader.",
)
NO_MEMBER_LEADS: Final = (
    "عضو تنها وقتی نام برده می‌شود که راهبری با عضو باشد؛ «عضو» را برگزینید یا این خانه را خالی بگذارید.",
    "A member is named only where a member is to lead: choose the member as leader, or leave this empty.",
)
NOT_TO_THE_AGENT: Final = (
    "واگذاری به عامل توسعه ممکن نیست؛ عضو، شبکه یا نهاد پشتیبان را برگزینید.",
    "Nothing is handed over to the agent: choose a member, a network or a support institution.",
)
AMOUNT_NEGATIVE: Final = (
    "مبلغ منفی پذیرفته نیست؛ صفر یا بیشتر وارد کنید.",
    "An amount cannot be negative: enter zero or more.",
)
AMOUNT_NOT_POSITIVE: Final = (
    "مبلغ تعهد نقدی بیش از صفر است؛ مبلغ را وارد کنید.",
    "The amount must be greater than zero: enter what is promised.",
)
AMOUNT_TOO_PRECISE: Final = (
    "مبلغ حداکثر ۱۸ رقم و دو رقم اعشار دارد؛ آن را گرد کنید.",
    "An amount has at most 18 digits and two decimals: round it.",
)
DISBURSED_ABOVE_COMMITTED: Final = (
    "پرداخت‌شده ({disbursed}) از تعهدشده ({committed}) بیشتر است؛ نخست تعهد را ثبت کنید یا مبلغ را درست کنید.",
    "More is disbursed ({disbursed}) than committed ({committed}): record the commitment or correct the amount.",
)
SPENT_ABOVE_DISBURSED: Final = (
    "هزینه‌شده ({spent}) از پرداخت‌شده ({disbursed}) بیشتر است؛ نخست پرداخت را ثبت کنید یا مبلغ را درست کنید.",
    "More is spent ({spent}) than disbursed ({disbursed}): record the payment first or correct the amount.",
)
UNIT_OF_ANOTHER_CURRENCY: Final = (
    "واحد «{unit}» با ارز «{currency}» نمی‌خواند؛ واحدی از همان ارز برگزینید (ریال پیشین و جدید تنها برای ریال است).",
    "The unit {unit} does not fit the currency {currency}: choose one that does (old and new rial are the rial's).",
)
