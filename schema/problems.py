"""Every reason for a refusal or a warning: its code and what it says to the user in two languages.

A message names the rule and the remedy. Blanks in braces are filled from `Problem.values`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from schema.jalali import Jalali
from schema.text import persian_digits
from schema.unusable import Unusable
from schema.vocabulary import Term

if TYPE_CHECKING:
    from schema.decision import Problem


class ProblemCode(Term):
    """A reason the user can act on; the labels are the messages, Persian first."""

    # Any input
    REQUIRED = "REQUIRED", "این فیلد لازم است؛ آن را پر کنید.", "This field is required: fill it in."
    INVALID = "INVALID", "این مقدار پذیرفته نیست: {reason}", "This value cannot be used: {reason}"
    TOO_LONG = (
        "TOO_LONG",
        "متن از {limit} نویسه بلندتر است؛ کوتاهش کنید.",
        "The text is longer than {limit} characters: shorten it.",
    )
    NOT_FOUND = (
        "NOT_FOUND",
        "چنین موردی یافت نشد؛ شناسه را بررسی کنید.",
        "There is no such thing: check the id.",
    )
    NOT_ALLOWED = (
        "NOT_ALLOWED",
        "نقش شما اجازهٔ این کار را ندارد؛ از مدیر استان بخواهید.",
        "Your role may not do this: ask the province administrator.",
    )
    STALE = (
        "STALE",
        "در این میان کس دیگری این را تغییر داده است (نسخهٔ {current})؛ مقدار کنونی را ببینید و دوباره تصمیم بگیرید.",
        "Somebody else changed this in the meantime (revision {current}): look at the current value and decide again.",
    )
    NOT_UNIQUE = (
        "NOT_UNIQUE",
        "مورد دیگری با همین مقدار ثبت شده است؛ مقدار دیگری برگزینید.",
        "Another one with this value exists: choose a different value.",
    )
    KEY_REUSED = (
        "KEY_REUSED",
        "این کلید برای فرمان دیگری به کار رفته است؛ برای فرمان تازه کلید تازه‌ای بسازید.",
        "This key was used for another command: make a new key for a new command.",
    )
    PASSWORD_WRONG = (
        "PASSWORD_WRONG",
        "گذرواژهٔ کنونی درست نیست؛ آن را دوباره وارد کنید.",
        "The current password is not right: enter it again.",
    )
    PASSWORD_UNUSABLE = (
        "PASSWORD_UNUSABLE",
        "گذرواژه باید {shortest} تا {longest} نویسه داشته باشد؛ چند واژه کنار هم خوب است.",
        "A password has {shortest} to {longest} characters: a few words together do well.",
    )
    TOO_OFTEN = (
        "TOO_OFTEN",
        "این کار به‌تازگی چند بار انجام شده است؛ {seconds} ثانیهٔ دیگر دوباره بکوشید.",
        "This was tried several times of late: try again in {seconds} seconds.",
    )
    USER_DISABLED = (
        "USER_DISABLED",
        "ورود این کاربر بسته است؛ نخست آن را باز کنید.",
        "This user is kept out: let the user in first.",
    )
    PASSWORDS_OFF = (
        "PASSWORDS_OFF",
        "در این نصب با گذرواژه وارد نمی‌شوند؛ گذرواژه را نزد ارائه‌دهندهٔ هویت عوض کنید.",
        "Nobody signs in with a password here: change it at the OpenID provider.",
    )
    LETTER_NOT_WRITTEN = (
        "LETTER_NOT_WRITTEN",
        "نامه‌ای فرستاده نشد، زیرا این نصب هنوز کلید رمزنگاری (ENCRYPTION_KEYS) ندارد؛ پس از تعیین آن دوباره بفرستید.",
        "No letter is on its way, because this installation has no ENCRYPTION_KEYS yet: set them and send it again.",
    )
    DOCUMENTS_FULL = (
        "DOCUMENTS_FULL",
        "این نهاد {limit} سند ثبت‌شده دارد و بیش از آن پذیرفته نیست؛ نخست یکی را بردارید.",
        "This agency has {limit} registered documents, and no more are taken: remove one first.",
    )
    IN_FUTURE = (
        "IN_FUTURE",
        "این تاریخ ({date}) در آینده است؛ تاریخ امروز یا پیش از آن را وارد کنید.",
        "This date ({date}) lies in the future: enter today or an earlier date.",
    )
    DATES_OUT_OF_ORDER = (
        "DATES_OUT_OF_ORDER",
        "پایان ({end}) پیش از آغاز ({start}) است؛ تاریخ‌ها را درست کنید.",
        "The end ({end}) comes before the start ({start}): correct the dates.",
    )
    REASON_REQUIRED = (
        "REASON_REQUIRED",
        "این کار بی‌دلیل پذیرفته نیست؛ دلیل را بنویسید.",
        "This needs a reason: enter one.",
    )
    WRONG_STATUS = (
        "WRONG_STATUS",
        "وضعیت کنونی «{status}» این کار را نمی‌پذیرد؛ ببینید اکنون چه کاری باز است و نخست همان را انجام دهید.",
        "The present status ({status}) does not permit this: see which actions are open now and take that step first.",
    )

    # Clusters and projects
    PROVINCE_MISMATCH = (
        "PROVINCE_MISMATCH",
        "شهرستان «{county}» در این استان نیست؛ شهرستانی از همین استان برگزینید.",
        "The county {county} is not in this province: choose one of this province.",
    )
    CLUSTER_DORMANT = (
        "CLUSTER_DORMANT",
        "خوشه غیرفعال است؛ نخست آن را دوباره فعال کنید.",
        "The cluster is dormant: reactivate it first.",
    )
    PROJECT_ALREADY_ACTIVE = (
        "PROJECT_ALREADY_ACTIVE",
        "این خوشه پروژهٔ در جریان دیگری دارد؛ نخست آن را به پایان برسانید.",
        "This cluster has another running project: finish that one first (one at a time).",
    )
    AGENT_REQUIRED = (
        "AGENT_REQUIRED",
        "پروژه بدون عامل توسعه فعال نمی‌شود؛ نخست عامل توسعهٔ خوشه را تعیین کنید.",
        "A project cannot start without a development agent: assign the cluster development agent first.",
    )
    PROJECT_NOT_ACTIVE = (
        "PROJECT_NOT_ACTIVE",
        "پروژه در جریان نیست (وضعیت: {status})؛ نخست پروژه را فعال کنید.",
        "The project is not running (status: {status}): activate it first.",
    )

    # Phases
    STUDY_NOT_COMPLETED = (
        "STUDY_NOT_COMPLETED",
        "پیاده‌سازی پس از پایان مطالعهٔ شناختی آغاز می‌شود؛ مطالعه را به پایان برسانید یا تاریخ پایان آن را وارد کنید.",
        "The study must be completed before this phase starts: complete it or enter its date.",
    )
    STARTS_BEFORE_STUDY_ENDS = (
        "STARTS_BEFORE_STUDY_ENDS",
        "پیاده‌سازی نمی‌تواند پیش از پایان مطالعه ({end}) آغاز شود؛ تاریخی پس از آن وارد کنید.",
        "Implementation cannot start before the study has ended ({end}): enter a later date.",
    )
    BEFORE_PROJECT_START = (
        "BEFORE_PROJECT_START",
        "این تاریخ پیش از آغاز پروژه ({start}) است؛ همان روز یا پس از آن را وارد کنید.",
        "This date comes before the start of the project ({start}): enter that day or a later one.",
    )
    TRUST_LASTS_AS_LONG_AS_THE_PROJECT = (
        "TRUST_LASTS_AS_LONG_AS_THE_PROJECT",
        "اعتمادسازی با پروژه آغاز می‌شود و تا پایان آن ادامه دارد؛ خود پروژه را فعال کنید یا به پایان برسانید.",
        "Trust building starts with the project and lasts until its end: activate or complete the project instead.",
    )
    EXIT_NOT_ANNOUNCED = (
        "EXIT_NOT_ANNOUNCED",
        "فاز خروج تنها با اعلام خروج آغاز می‌شود و گذشت زمان کافی نیست؛ تصمیم شورا را بگیرید و خروج را اعلام کنید.",
        "The exit phase starts only with the exit announcement, never by time alone: announce the exit.",
    )
    PHASE_ENDS_BY_ITSELF = (
        "PHASE_ENDS_BY_ITSELF",
        "این فاز با رویداد خودش پایان می‌یابد ({by})؛ آن را ثبت کنید.",
        "This phase ends through its own event ({by}): record that instead.",
    )
    EARLIER_THAN_EXPECTED = (
        "EARLIER_THAN_EXPECTED",
        "این فاز زودتر از بازهٔ معمول ({earliest}) پایان یافته است؛ دلیل آن ثبت شد.",
        "This phase ended earlier than expected ({earliest}): the reason is on record.",
    )
    LATER_THAN_ALLOWED = (
        "LATER_THAN_ALLOWED",
        "این فاز دیرتر از مهلت ({latest}) پایان یافته و چنین ثبت شد؛ دلیل آن را بنویسید.",
        "This phase ended later than its window ({latest}) and is recorded so: enter the reason.",
    )
    OPEN_SUB_PROJECTS = (
        "OPEN_SUB_PROJECTS",
        "{count} ریزپروژه هنوز باز است؛ آن‌ها را به پایان برسانید، واگذار کنید یا با دلیل لغو کنید.",
        "{count} sub-projects are still open: complete, transfer or cancel them with a reason.",
    )

    # Clusters, projects, gates and visits in detail
    UNUSABLE_SLUG = (
        "UNUSABLE_SLUG",
        "این نام نشانی پذیرفته نیست؛ تنها حروف کوچک لاتین، رقم و خط تیره به کار ببرید، مانند lorestan-gelim.",
        "This address name cannot be used: write lower-case Latin letters, digits and hyphens, as in lorestan-gelim.",
    )
    UNUSABLE_CODE = (
        "UNUSABLE_CODE",
        "این کد پذیرفته نیست؛ آن را به این صورت بنویسید: {example}",
        "This code cannot be used: write it as in {example}.",
    )
    OUT_OF_RANGE = (
        "OUT_OF_RANGE",
        "این مقدار باید میان {least} و {most} باشد؛ عددی در این بازه وارد کنید.",
        "This value must lie between {least} and {most}: enter a number within these bounds.",
    )
    TRANSITION_NOT_OPEN = (
        "TRANSITION_NOT_OPEN",
        "خوشه از وضعیت «{status}» به «{to}» نمی‌رود؛ گام‌های پیشین را به ترتیب ثبت کنید.",
        "A cluster does not pass from {status} to {to}: record the earlier steps in their order.",
    )
    PROJECT_STILL_RUNNING = (
        "PROJECT_STILL_RUNNING",
        "خوشه پروژهٔ در جریان دارد؛ نخست آن را به پایان برسانید یا لغو کنید.",
        "The cluster has a running project: complete or cancel it first.",
    )
    LEVEL_TOO_LOW = (
        "LEVEL_TOO_LOW",
        "سطح توسعه‌یافتگی ثبت‌شده به «{required}» نرسیده است؛ نخست ارزیابی تازه را ثبت کنید.",
        "The recorded level of development does not reach {required}: record a new assessment first.",
    )
    HAS_HISTORY = (
        "HAS_HISTORY",
        "پروژه‌ای در این خوشه آغاز شده یا سندی تصویب شده است؛ چنین خوشه‌ای حذف نمی‌شود، آن را غیرفعال کنید.",
        "A project was started or something was approved here, so it cannot be deleted: make it dormant instead.",
    )
    FEASIBILITY_SKIPPED = (
        "FEASIBILITY_SKIPPED",
        "امکان‌سنجی پایان‌یافته و مساعدی برای این خوشه ثبت نشده است؛ آن را به پایان برسانید یا ثبت کنید.",
        "No completed feasibility study speaks for this cluster: complete the study or enter the one made.",
    )
    FEASIBILITY_UNDER_WAY = (
        "FEASIBILITY_UNDER_WAY",
        "امکان‌سنجی این خوشه هنوز در جریان است؛ نخست آن را به پایان برسانید.",
        "The feasibility study of this cluster is under way: complete it first.",
    )
    FEASIBILITY_COMPLETED = (
        "FEASIBILITY_COMPLETED",
        "این امکان‌سنجی در {on} پایان یافته است؛ برای اصلاح آن را ویرایش کنید.",
        "This feasibility study was completed on {on}: edit it to correct it.",
    )
    NO_TEMPLATE = (
        "NO_TEMPLATE",
        "هنوز هیچ نسخه‌ای از الگوی برنامه منتشر نشده است؛ نخست یکی را منتشر کنید.",
        "No version of the programme template is published yet: publish one first.",
    )
    IMPLEMENTATION_NOT_LONGEST = (
        "IMPLEMENTATION_NOT_LONGEST",
        "پیاده‌سازی باید بیشترین زمان پروژه را بگیرد و اینجا «{longer}» طولانی‌تر است؛ تاریخ‌ها را بازبینی کنید.",
        "Implementation should take most of the project's time, but here {longer} is longer: review the dates.",
    )
    AGENT_NOT_YET_ASSIGNED = (
        "AGENT_NOT_YET_ASSIGNED",
        "مأموریت عامل توسعه از {since} آغاز می‌شود؛ تاریخی از آن روز به بعد وارد کنید.",
        "The agent's assignment begins on {since}: enter that day or a later one.",
    )
    LEAD_EXISTS = (
        "LEAD_EXISTS",
        "پروژه عامل توسعه دارد؛ برای تغییر، جانشین او را تعیین کنید.",
        "The project has a lead agent already: replace that agent instead.",
    )
    LEAD_NEEDED = (
        "LEAD_NEEDED",
        "پروژهٔ در جریان همواره یک عامل توسعه دارد؛ به جای پایان مأموریت، جانشین او را تعیین کنید.",
        "A running project always has one lead agent: name the successor instead of ending the assignment.",
    )
    PROJECT_OVER = (
        "PROJECT_OVER",
        "پروژه پایان یافته یا لغو شده است (وضعیت: {status}) و تغییر نمی‌کند؛ برای کار تازه پروژهٔ دیگری تعریف کنید.",
        "The project is over (status: {status}) and does not change any more: plan a new project for further work.",
    )
    GATES_UNMET = (
        "GATES_UNMET",
        "{count} شرط الزامی این فاز هنوز برآورده نشده است؛ مدرک آن‌ها را ثبت کنید.",
        "{count} mandatory gates of this phase are not met yet: record their evidence.",
    )
    PUBLISHED = (
        "PUBLISHED",
        "این نسخه منتشر شده است و تغییر نمی‌کند؛ نسخهٔ تازه‌ای بسازید.",
        "This version is published and does not change: make a new version.",
    )
    NOT_WINDOWED = (
        "NOT_WINDOWED",
        "تنها فاز بازه‌ای ماه دارد و این فاز {kind} است؛ ماه‌های آن را بردارید.",
        "Only a windowed phase has months and this one is {kind}: leave its months out.",
    )
    UNKNOWN_THRESHOLD = (
        "UNKNOWN_THRESHOLD",
        "آستانه‌ای به نام «{key}» وجود ندارد؛ نام‌ها را در فهرست آستانه‌ها ببینید.",
        "There is no threshold named {key}: see the list of thresholds.",
    )

    # Diagnostic study
    STUDY_EXISTS = (
        "STUDY_EXISTS",
        "این پروژه مطالعهٔ شناختی دارد؛ همان را ویرایش کنید.",
        "The project has a diagnostic study already: edit that one.",
    )
    ANALYSIS_MISSING = (
        "ANALYSIS_MISSING",
        "بخش «{section}» مطالعه خالی است؛ آن را بنویسید.",
        "The study lacks its section {section}: write it.",
    )
    SOURCE_MISSING = (
        "SOURCE_MISSING",
        "مطالعه باید هم کتابخانه‌ای و هم میدانی باشد؛ منبع {kind} ندارد.",
        "The study is both desk and field research: add a source of kind {kind}.",
    )
    PROBLEM_MISSING = (
        "PROBLEM_MISSING",
        "مطالعه صرفاً نظری نیست؛ دست‌کم یک مشکل خوشه را با راهکار آن بنویسید.",
        "The study is not merely theoretical: name at least one problem of the cluster with its solution.",
    )
    SOLUTION_MISSING = (
        "SOLUTION_MISSING",
        "مشکل شمارهٔ {ordinal} راهکاری ندارد؛ دست‌کم یک راهکار بنویسید.",
        "Problem number {ordinal} has no solution: offer at least one.",
    )
    TARGET_BELOW_BASELINE = (
        "TARGET_BELOW_BASELINE",
        "مطالعه برای ارتقای خوشه است؛ سطح هدفی بالاتر از سطح کنونی («{baseline}») برگزینید.",
        "The study aims at raising the cluster: choose a target above the baseline ({baseline}).",
    )
    NOT_THE_ASSIGNED_AGENT = (
        "NOT_THE_ASSIGNED_AGENT",
        "مطالعه را عامل توسعهٔ همین پروژه یا مدیر به نمایندگی از او ارائه می‌کند؛ از آنان بخواهید.",
        "This is for the agent of this project, or an administrator on the agent's behalf: ask one of them.",
    )
    STUDY_NOT_PRESENTED = (
        "STUDY_NOT_PRESENTED",
        "مطالعه هنوز ارائه نشده است؛ نخست گزارش پذیرفته‌شده را با شمارهٔ سند و تاریخ ارائه ثبت کنید.",
        "The study is not presented yet: record its accepted report with document number and date first.",
    )

    # Action plans and the steering council
    PLAN_STILL_OPEN = (
        "PLAN_STILL_OPEN",
        "نسخهٔ {version} برنامه عمل هنوز باز است؛ نخست آن را به نتیجه برسانید.",
        "Version {version} of the action plan is still open: bring it to a decision first.",
    )
    VISION_MISSING = (
        "VISION_MISSING",
        "برنامه عمل چشم‌انداز ندارد؛ آن را بنویسید.",
        "The action plan has no vision: write it.",
    )
    STRATEGY_MISSING = (
        "STRATEGY_MISSING",
        "برنامه عمل هیچ راهبردی ندارد؛ دست‌کم یکی بیفزایید.",
        "The action plan has no strategy: add at least one.",
    )
    PROGRAMME_MISSING = (
        "PROGRAMME_MISSING",
        "برنامه عمل هیچ برنامهٔ عملیاتی کوتاه‌مدتی ندارد؛ دست‌کم یکی بیفزایید.",
        "The action plan has no short-term operational programme: add at least one.",
    )
    PLAN_IS_APPROVED = (
        "PLAN_IS_APPROVED",
        "نسخهٔ مصوب برنامه عمل تغییر نمی‌کند؛ نسخهٔ تازه‌ای بنویسید.",
        "An approved version of the action plan does not change: draft a new version.",
    )
    PLAN_IS_NOT_OPEN = (
        "PLAN_IS_NOT_OPEN",
        "برنامه عمل در وضعیت «{status}» ویرایش نمی‌شود؛ تنها پیش‌نویس یا نسخهٔ بازگشتی ویرایش می‌شود.",
        "An action plan that is {status} is not edited: only drafts and returned versions are.",
    )
    PLAN_BELONGS_TO_AGENT = (
        "PLAN_BELONGS_TO_AGENT",
        "تا پایان پروژه، برنامه عمل را عامل توسعه ارائه می‌کند؛ از او بخواهید.",
        "Until the project is completed the development agent presents the action plan: ask the agent.",
    )
    PLAN_BELONGS_TO_NETWORK = (
        "PLAN_BELONGS_TO_NETWORK",
        "پس از پایان پروژه، برنامه عمل را شبکهٔ فراگیر ارائه می‌کند؛ از نمایندهٔ آن بخواهید.",
        "After the project the comprehensive network presents the action plan: ask its representative.",
    )
    PLAN_HAS_NO_OWNER = (
        "PLAN_HAS_NO_OWNER",
        "برنامه عمل متولی ندارد؛ شبکهٔ فراگیر را تعیین یا پروژه را فعال کنید.",
        "Nobody owns the action plan: designate a comprehensive network or activate a project.",
    )
    PLAN_BEFORE_STUDY = (
        "PLAN_BEFORE_STUDY",
        "برنامه عمل پیش از پایان مطالعهٔ شناختی ارائه شده است؛ پایان مطالعه را نیز ثبت کنید.",
        "The action plan is presented before the diagnostic study is completed: record the end of the study too.",
    )
    PLAN_NOT_APPROVED = (
        "PLAN_NOT_APPROVED",
        "این کار به برنامه عمل مصوب نیاز دارد (وضعیت کنونی: {status})؛ نخست تصویب شورای راهبری را بگیرید.",
        "This needs an approved action plan (it is {status}): obtain the steering council's approval first.",
    )
    DECIDED_BEFORE_PRESENTED = (
        "DECIDED_BEFORE_PRESENTED",
        "جلسه ({held}) پیش از ارائهٔ برنامه ({presented}) برگزار شده است؛ جلسه‌ای پس از آن را برگزینید.",
        "The meeting ({held}) came before the plan was presented ({presented}): choose a later meeting.",
    )
    DECIDED_BEFORE_FORMER = (
        "DECIDED_BEFORE_FORMER",
        "نسخهٔ پیشین در {approved} تصویب شده است؛ جلسه‌ای پس از آن را برگزینید.",
        "The former version was approved on {approved}: choose a later meeting.",
    )
    NO_COUNCIL = (
        "NO_COUNCIL",
        "خوشه شورای راهبری ندارد؛ نخست شورا را تشکیل دهید.",
        "The cluster has no steering council: form it first.",
    )
    COUNCIL_EXISTS = (
        "COUNCIL_EXISTS",
        "خوشه شورای راهبری دارد؛ نخست آن را منحل کنید.",
        "The cluster has a steering council: dissolve that one first.",
    )
    COUNCIL_DISSOLVED = (
        "COUNCIL_DISSOLVED",
        "این شورا در {on} منحل شده است؛ شورای کنونی خوشه را به کار ببرید یا شورای تازه‌ای تشکیل دهید.",
        "This council was dissolved on {on}: use the cluster's current council or form a new one.",
    )
    TEAM_INCOMPLETE = (
        "TEAM_INCOMPLETE",
        "تیم عاملیت {count} نفر دارد و برنامه دست‌کم {least} نفر می‌خواهد؛ دستیار و دبیر را هم بگمارید.",
        "The agent team has {count} people and the programme expects {least}: assign an assistant and a secretary.",
    )
    ACTORS_MISSING = (
        "ACTORS_MISSING",
        "شورا {count} فعال خوشه دارد و برنامه دست‌کم {least} فعال می‌خواهد؛ به ذی‌نفعان خوشه کرسی بدهید.",
        "The council seats {count} cluster actors and the programme expects {least}: seat stakeholders.",
    )
    COMMITTEE_EXISTS = (
        "COMMITTEE_EXISTS",
        "استان کمیتهٔ توسعهٔ خوشه‌ها دارد؛ نخست آن را منحل کنید.",
        "The province has a committee: dissolve that one first.",
    )
    COMMITTEE_DISSOLVED = (
        "COMMITTEE_DISSOLVED",
        "این کمیته در {on} منحل شده است؛ کمیتهٔ کنونی استان را به کار ببرید یا کمیته‌ای تازه تشکیل دهید.",
        "This committee was dissolved on {on}: use the province's current committee or form a new one.",
    )
    PLAN_NOT_OF_THE_PROVINCE = (
        "PLAN_NOT_OF_THE_PROVINCE",
        "این برنامه عمل، برنامهٔ مصوب خوشه‌ای از این استان نیست؛ برنامه‌ای مصوب از همین استان برگزینید.",
        "This is no approved action plan of a cluster of the province: choose one of them.",
    )
    PLACE_OF_ANOTHER_COUNTY = (
        "PLACE_OF_ANOTHER_COUNTY",
        "این شهر یا روستا در شهرستان گفته‌شده نیست؛ جایی از همان شهرستان برگزینید یا شهرستان را هم تغییر دهید.",
        "This place is not in the county: choose one of that county or change the county as well.",
    )
    COUNCIL_OF_ANOTHER_CLUSTER = (
        "COUNCIL_OF_ANOTHER_CLUSTER",
        "این جلسه از شورای خوشهٔ دیگری است؛ تنها شورای راهبری همین خوشه تصمیم می‌گیرد.",
        "This meeting is of another cluster's council: only the council of the same cluster decides.",
    )
    SEAT_TAKEN = (
        "SEAT_TAKEN",
        "کرسی «{role}» پر است؛ نخست آن را پایان دهید.",
        "The seat of the {role} is taken: end it first.",
    )
    SEAT_ENDED = (
        "SEAT_ENDED",
        "این کرسی در {on} پایان یافته است؛ کرسی تازه‌ای تعیین کنید.",
        "This seat ended on {on}: appoint a new one.",
    )
    MEETING_NOT_HELD = (
        "MEETING_NOT_HELD",
        "جلسه برگزار نشده است ({status})؛ نخست برگزاری و حاضران آن را ثبت کنید.",
        "The meeting was not held ({status}): record first that it was held and who came.",
    )
    NOT_A_SEAT_THEN = (
        "NOT_A_SEAT_THEN",
        "این کرسی در روز جلسه در این شورا نبوده است؛ تنها کرسی‌های همان روز را حاضر ثبت کنید.",
        "This is not a seat of this council on the day of the meeting: name only seats held that day.",
    )
    QUORUM_MISSING = (
        "QUORUM_MISSING",
        "از {seats} کرسی {present} کرسی حاضر بوده است و تصمیم دست‌کم {needed} می‌خواهد؛ جلسهٔ دیگری برگزار کنید.",
        "{present} of {seats} seats were present, a decision needs at least {needed}: hold another meeting.",
    )
    SEAT_NOT_PRESENT = (
        "SEAT_NOT_PRESENT",
        "این کرسی در جلسه حاضر نبوده است و رأی ندارد؛ رأی آن را بردارید.",
        "This seat was not present at the meeting and has no vote: leave its vote out.",
    )
    VOTED_TWICE = (
        "VOTED_TWICE",
        "برای این کرسی دو رأی آمده است؛ یکی را بردارید.",
        "This seat has two votes: remove one.",
    )
    MAJORITY_MISSING = (
        "MAJORITY_MISSING",
        "{in_favour} رأی موافق و {against} رأی مخالف است؛ تصمیم رأی موافق بیشتری می‌خواهد، رأی‌ها را کامل کنید.",
        "{in_favour} votes for and {against} against: complete the votes, a decision needs more for than against.",
    )
    DECIDED_ELSEWHERE = (
        "DECIDED_ELSEWHERE",
        "دربارهٔ برنامه عمل روی خود آن تصمیم گرفته می‌شود؛ همان نسخه را تصویب کنید، بازگردانید یا رد کنید.",
        "An action plan is decided on by itself: approve, return or reject the version.",
    )
    DOCUMENT_ON_RECORD = (
        "DOCUMENT_ON_RECORD",
        "این سند همراه چیزی است که تصویب یا انجام شده و در پرونده می‌ماند؛ سند درست را کنار آن پیوست کنید.",
        "This lies with something that was approved or done and stays on record: attach the right one beside it.",
    )
    UPLOAD_ATTACHED = (
        "UPLOAD_ATTACHED",
        "این پرونده پیش‌تر پیوست شده است؛ پرونده را دوباره بفرستید.",
        "This file is attached already: send the file again.",
    )
    FILE_EMPTY = (
        "FILE_EMPTY",
        "پرونده خالی است؛ پروندهٔ دیگری برگزینید.",
        "The file is empty: choose another one.",
    )
    FILE_TOO_LARGE = (
        "FILE_TOO_LARGE",
        "پرونده از {limit} مگابایت بزرگ‌تر است؛ آن را کوچک‌تر کنید یا بخش‌بخش بفرستید.",
        "The file is larger than {limit} MB: make it smaller or send it in parts.",
    )
    FILE_TYPE_UNKNOWN = (
        "FILE_TYPE_UNKNOWN",
        "این گونه پرونده پذیرفته نیست؛ PDF، تصویر (PNG، JPEG، WEBP)، سند آفیس یا ODF، CSV یا متن ساده بفرستید.",
        "Such files are not accepted: send PDF, an image (PNG, JPEG, WEBP), an Office or ODF document, CSV or text.",
    )
    FILE_NOT_WHAT_IT_CLAIMS = (
        "FILE_NOT_WHAT_IT_CLAIMS",
        "پرونده آن چیزی نیست که می‌نماید: نامش از {claimed} می‌گوید و محتوایش {found} است؛ پروندهٔ درست را بفرستید.",
        "The file is not what it claims: it says {claimed}, its content is {found}. Send the right file.",
    )
    FILE_UNSAFE = (
        "FILE_UNSAFE",
        "این پرونده پذیرفته نیست، چون {reason}؛ پروندهٔ دیگری بفرستید.",
        "This file is not accepted ({reason}): send another one.",
    )
    PART_OF_REMOVED = (
        "PART_OF_REMOVED",
        "آنچه این به آن تعلق دارد حذف شده است؛ نخست آن را بازگردانید.",
        "What this belongs to was removed: restore that first.",
    )
    STILL_IN_USE = (
        "STILL_IN_USE",
        "{count} مورد به این وابسته است؛ نخست آن‌ها را بردارید.",
        "{count} others depend on this: remove those first.",
    )

    # Sub-projects and their money
    SUB_PROJECT_WITHOUT_NETWORK = (
        "SUB_PROJECT_WITHOUT_NETWORK",
        "ریزپروژهٔ «{name_fa}» شبکه‌ای ندارد؛ اجرای ریزپروژه‌ها در قالب شبکه‌ها انتظار می‌رود.",
        "The sub-project {name_en} has no network: sub-projects are expected to be carried out in networks.",
    )
    IMPLEMENTATION_NOT_STARTED = (
        "IMPLEMENTATION_NOT_STARTED",
        "فاز پیاده‌سازی آغاز نشده است؛ نخست آن را آغاز کنید.",
        "The implementation phase has not started: start it first.",
    )
    BEFORE_PLAN_APPROVAL = (
        "BEFORE_PLAN_APPROVAL",
        "این تاریخ پیش از تصویب برنامه عمل ({approved}) است؛ همان روز یا پس از آن را وارد کنید.",
        "This date comes before the approval of the action plan ({approved}): enter that day or a later one.",
    )
    AGENT_LED_AFTER_ANNOUNCEMENT = (
        "AGENT_LED_AFTER_ANNOUNCEMENT",
        "خروج اعلام شده و این ریزپروژه به راهبری عامل توسعه است؛ راهبری آن را به عضو یا شبکه بسپارید.",
        "The exit is announced and the agent leads this sub-project: let a member or a network lead it.",
    )
    MILESTONES_OPEN = (
        "MILESTONES_OPEN",
        "{count} نقطهٔ عطف انجام نشده است؛ اگر انجام شده‌اند پیشرفت آن‌ها را گزارش کنید.",
        "{count} milestones are not done: report them if they are.",
    )
    ALREADY_DONE = (
        "ALREADY_DONE",
        "این مورد در {on} انجام شده و ثبت است؛ تنها موردهای باز را نام ببرید.",
        "This was done on {on} and is on record: name only what is still open.",
    )
    NOT_OF_THE_OPEN_LIST = (
        "NOT_OF_THE_OPEN_LIST",
        "نوع افزوده تنها با نوع «سایر» می‌آید؛ نوع را «سایر» کنید.",
        "An additional type goes with the type OTHER only: choose OTHER.",
    )
    TYPE_RETIRED = (
        "TYPE_RETIRED",
        "این نوع از {on} دیگر به کار نمی‌رود؛ نوع دیگری برگزینید.",
        "This type has been retired since {on}: choose another one.",
    )
    OF_ANOTHER_PLAN = (
        "OF_ANOTHER_PLAN",
        "این مورد از نسخهٔ دیگری از برنامه عمل است؛ یکی از همین نسخه برگزینید.",
        "This belongs to another version of the action plan: choose one of this version.",
    )
    OF_ANOTHER_CLUSTER = (
        "OF_ANOTHER_CLUSTER",
        "این مورد از خوشهٔ دیگری است؛ یکی از همین خوشه برگزینید.",
        "This belongs to another cluster: choose one of this cluster.",
    )
    NETWORK_ALREADY_ASSIGNED = (
        "NETWORK_ALREADY_ASSIGNED",
        "این شبکه هم‌اکنون مجری این ریزپروژه است؛ شبکهٔ دیگری برگزینید.",
        "This network carries out the sub-project already: choose another one.",
    )
    NETWORK_NOT_ASSIGNED = (
        "NETWORK_NOT_ASSIGNED",
        "این شبکه مجری این ریزپروژه نیست؛ نخست آن را مجری کنید.",
        "This network does not carry out the sub-project: assign it first.",
    )
    SAME_LEADER = (
        "SAME_LEADER",
        "راهبری این ریزپروژه هم‌اکنون با «{leader}» است؛ راهبر دیگری برگزینید.",
        "This sub-project is led by the {leader} already: choose another leader.",
    )
    NOT_TO_THE_AGENT = (
        "NOT_TO_THE_AGENT",
        "واگذاری به عامل توسعه ممکن نیست؛ عضو، شبکه یا نهاد پشتیبان را برگزینید.",
        "Nothing is handed over to the agent: choose a member, a network or a support institution.",
    )
    AMOUNT_NEGATIVE = (
        "AMOUNT_NEGATIVE",
        "مبلغ منفی پذیرفته نیست؛ صفر یا بیشتر وارد کنید.",
        "An amount cannot be negative: enter zero or more.",
    )
    AMOUNT_NOT_POSITIVE = (
        "AMOUNT_NOT_POSITIVE",
        "مبلغ تعهد نقدی بیش از صفر است؛ مبلغ را وارد کنید.",
        "The amount must be greater than zero: enter what is promised.",
    )
    AMOUNT_TOO_PRECISE = (
        "AMOUNT_TOO_PRECISE",
        "مبلغ حداکثر ۱۸ رقم و دو رقم اعشار دارد؛ آن را گرد کنید.",
        "An amount has at most 18 digits and two decimals: round it.",
    )
    DISBURSED_ABOVE_COMMITTED = (
        "DISBURSED_ABOVE_COMMITTED",
        "پرداخت‌شده ({disbursed}) از تعهدشده ({committed}) بیشتر است؛ نخست تعهد را ثبت کنید یا مبلغ را درست کنید.",
        "More is disbursed ({disbursed}) than committed ({committed}): record the commitment or correct the amount.",
    )
    SPENT_ABOVE_DISBURSED = (
        "SPENT_ABOVE_DISBURSED",
        "هزینه‌شده ({spent}) از پرداخت‌شده ({disbursed}) بیشتر است؛ نخست پرداخت را ثبت کنید یا مبلغ را درست کنید.",
        "More is spent ({spent}) than disbursed ({disbursed}): record the payment first or correct the amount.",
    )
    UNIT_OF_ANOTHER_CURRENCY = (
        "UNIT_OF_ANOTHER_CURRENCY",
        "واحد «{unit}» با ارز «{currency}» نمی‌خواند؛ ریال پیشین یا جدید تنها برای ریال است.",
        "The unit {unit} does not fit the currency {currency}: old and new rial are for the rial only.",
    )

    # Networks, support institutions, stakeholders
    COMPREHENSIVE_NETWORK_EXISTS = (
        "COMPREHENSIVE_NETWORK_EXISTS",
        "خوشه شبکهٔ فراگیر دارد («{name_fa}»)؛ نخست آن را منحل کنید.",
        "The cluster has a comprehensive network ({name_en}): dissolve that one first.",
    )
    NETWORK_DISSOLVED = (
        "NETWORK_DISSOLVED",
        "این شبکه در {on} منحل شده است؛ شبکهٔ دیگری برگزینید یا شبکهٔ تازه‌ای شکل دهید.",
        "This network was dissolved on {on}: choose another one or form a new one.",
    )
    ALREADY_MEMBER = (
        "ALREADY_MEMBER",
        "این ذی‌نفع هم‌اکنون عضو است؛ برای عضویت تازه نخست عضویت کنونی را پایان دهید.",
        "This stakeholder is a member already: end that membership before a new one begins.",
    )
    MEMBERSHIP_ENDED = (
        "MEMBERSHIP_ENDED",
        "این عضویت در {on} پایان یافته است؛ عضویت تازه‌ای ثبت کنید.",
        "This membership ended on {on}: record a new one.",
    )
    INSTITUTION_IS_NOT_A_MEMBER = (
        "INSTITUTION_IS_NOT_A_MEMBER",
        "نهاد پشتیبان ذی‌نفع است و عضو خوشه نمی‌شود؛ تعهدها و مشارکت آن را ثبت کنید.",
        "A support institution is a stakeholder and never a member: record what it takes part in instead.",
    )
    COUNTY_OF_ANOTHER_PROVINCE = (
        "COUNTY_OF_ANOTHER_PROVINCE",
        "این شهرستان در استان خوشه نیست؛ شهرستانی از همان استان برگزینید.",
        "This county is not in the cluster's province: choose one of that province.",
    )
    PARENT_IS_A_BRANCH = (
        "PARENT_IS_A_BRANCH",
        "نهادی که زیرمجموعهٔ همین نهاد است بالادست آن نمی‌شود؛ نهاد دیگری برگزینید.",
        "An institution that belongs to this one cannot be its parent: choose another one.",
    )
    OUT_OF_REACH = (
        "OUT_OF_REACH",
        "این بیرون از استان‌های شماست؛ از دفتر ملی بخواهید.",
        "This is outside your provinces: ask the national office.",
    )
    TOO_MANY = (
        "TOO_MANY",
        "در یک بار حداکثر {limit} مورد پذیرفته می‌شود؛ فهرست را بخش‌بخش بفرستید.",
        "At most {limit} are accepted at once: send the list in parts.",
    )
    NAMED_TWICE = (
        "NAMED_TWICE",
        "این مورد در فهرست دو بار آمده است (ردیف {row})؛ یکی را بردارید.",
        "This stands twice in the list (row {row}): remove one.",
    )
    UNUSABLE_EMAIL = (
        "UNUSABLE_EMAIL",
        "این نشانی رایانامه نیست؛ نمونه: name@example.ir",
        "This is not an e-mail address: write it as in name@example.ir",
    )
    UNUSABLE_PHONE = (
        "UNUSABLE_PHONE",
        "این شمارهٔ تلفن نیست؛ تنها رقم، با + در آغاز در صورت نیاز.",
        "This is not a telephone number: digits only, with a leading + where needed.",
    )

    # Trust
    PARTICIPANTS_REQUIRED = (
        "PARTICIPANTS_REQUIRED",
        "برای این فعالیت شرکت‌کننده‌ای ثبت نشده است؛ دست‌کم یکی را وارد کنید.",
        "Nobody is entered as taking part: enter at least one participant.",
    )
    ALREADY_RECORDED = (
        "ALREADY_RECORDED",
        "این فعالیت در {on} انجام و ثبت شده است و می‌ماند؛ برای کار تازه فعالیت دیگری بنویسید.",
        "This took place on {on} and stays on record: plan another activity for what is new.",
    )
    ONE_OF_BOTH = (
        "ONE_OF_BOTH",
        "تنها یکی از این دو لازم است؛ یا یک ذی‌نفع برگزینید یا یک نهاد پشتیبان.",
        "Exactly one of the two is needed: choose either a stakeholder or a support institution.",
    )
    NOT_SHORT_TERM = (
        "NOT_SHORT_TERM",
        "پروژهٔ اعتمادساز کوتاه‌مدت است؛ این یکی از {months} ماه ({latest}) بلندتر است.",
        "Trust-building projects are short-term: this one lasts beyond {months} months ({latest}).",
    )
    SURVEY_ALREADY_OPEN = (
        "SURVEY_ALREADY_OPEN",
        "دور دیگری از پیمایش باز است؛ نخست آن را ببندید.",
        "Another round of the survey is open: close it first.",
    )
    SURVEY_EMPTY = (
        "SURVEY_EMPTY",
        "هنوز هیچ پاسخی ثبت نشده است؛ پیش از بستن، پاسخ‌ها را وارد کنید.",
        "No answer is entered yet: enter the answers before closing.",
    )
    SCORE_OUT_OF_RANGE = (
        "SCORE_OUT_OF_RANGE",
        "امتیاز باید میان {least} و {most} باشد؛ یکی از این نمره‌ها را وارد کنید.",
        "The score must lie between {least} and {most}: enter one of these.",
    )
    MEMBERS_ONLY = (
        "MEMBERS_ONLY",
        "تنها عضو همین خوشه پذیرفته است؛ عضوی از این خوشه برگزینید.",
        "Only a current member of this cluster is accepted here: choose one.",
    )
    ABOUT_ONESELF = (
        "ABOUT_ONESELF",
        "هیچ‌کس به خودش امتیاز نمی‌دهد؛ دیگری را برگزینید.",
        "Nobody rates themselves: choose somebody else.",
    )

    # Exit
    DEVELOPMENT_NOT_ATTAINED = (
        "DEVELOPMENT_NOT_ATTAINED",
        "سطح توسعه‌یافتگی خوشه به «{required}» نرسیده است؛ نخست ارزیابی آن را ثبت کنید.",
        "The cluster has not attained the level {required}: record its assessment first.",
    )
    DEFINING_NOT_ATTAINED = (
        "DEFINING_NOT_ATTAINED",
        "خوداتکایی اعضا در تعریف پروژه‌ها به {required} نرسیده است؛ ارزیابی خوداتکایی را ثبت کنید.",
        "Self-reliance in defining projects has not reached {required}: record an assessment that does.",
    )
    STEERING_NOT_ATTAINED = (
        "STEERING_NOT_ATTAINED",
        "خوداتکایی اعضا در راهبری پروژه‌ها به {required} نرسیده است؛ ارزیابی خوداتکایی را ثبت کنید.",
        "Self-reliance in steering projects has not reached {required}: record an assessment that does.",
    )
    SHARE_OUT_OF_RANGE = (
        "SHARE_OUT_OF_RANGE",
        "سهم میان ۰ و ۱ است؛ برای ۵۰ درصد ۰٫۵ بنویسید.",
        "A share lies between 0 and 1: write 0.5 for 50 per cent.",
    )
    EXIT_NOT_DECIDED = (
        "EXIT_NOT_DECIDED",
        "شورای راهبری خوشه هنوز خروج را تصویب نکرده است؛ تصمیم شورا را ثبت کنید.",
        "The cluster's council has not decided on the exit: record its decision.",
    )
    READINESS_LOW = (
        "READINESS_LOW",
        "امتیاز آمادگی خروج {score} است و به آستانه نمی‌رسد؛ تصمیم با شوراست و چنین ثبت می‌شود.",
        "The readiness score is {score}, below the threshold: the decision is the council's and is recorded so.",
    )
    EXIT_TOO_EARLY = (
        "EXIT_TOO_EARLY",
        "خروج پیش از {earliest} پایان نمی‌یابد؛ تا آن روز بمانید یا دلیل عدول را بنویسید.",
        "The exit is not completed before {earliest}: wait until then, or give the reason of an override.",
    )
    STEPS_MISSING = (
        "STEPS_MISSING",
        "خروج تدریجی است و دست‌کم {least} گام واگذاری می‌خواهد ({count} گام ثبت شده است)؛ گام‌های دیگر را بیفزایید.",
        "The exit is gradual and needs at least {least} hand-over steps ({count} are planned): add steps.",
    )
    STEPS_NOT_DONE = (
        "STEPS_NOT_DONE",
        "{count} گام واگذاری هنوز انجام نشده است؛ نخست آن‌ها را به انجام برسانید.",
        "{count} hand-over steps are not done yet: complete them first.",
    )
    ONE_RECIPIENT = (
        "ONE_RECIPIENT",
        "تحویل‌گیرنده یا شبکه است یا نهاد پشتیبان؛ یکی را برگزینید.",
        "Either a network or an institution takes over: choose one.",
    )

    # Indicators
    UNUSABLE_PERIOD = (
        "UNUSABLE_PERIOD",
        "این دوره پذیرفته نیست: {reason}",
        "This period cannot be used: {reason}",
    )
    PERIOD_NOT_OVER = (
        "PERIOD_NOT_OVER",
        "دوره تا {end} ادامه دارد؛ مقدار آن را پس از پایان دوره وارد کنید.",
        "The period lasts until {end}: enter its value once it is over.",
    )
    INDICATOR_COMPUTED = (
        "INDICATOR_COMPUTED",
        "این شاخص محاسبه می‌شود و وارد کردنی نیست؛ برای نگه‌داشتن مقدار امروز، مقدارها را برداشت کنید.",
        "This indicator is computed and not entered: take the values to keep what it says today.",
    )
    INDICATOR_RETIRED = (
        "INDICATOR_RETIRED",
        "این شاخص از {on} کنار گذاشته شده است؛ شاخص دیگری برگزینید.",
        "This indicator is retired since {on}: choose another one.",
    )
    VALUE_OF_PERIOD_EXISTS = (
        "VALUE_OF_PERIOD_EXISTS",
        "برای این دوره مقداری ثبت شده است؛ همان را ویرایش کنید یا اگر تأیید شده است اصلاحیه وارد کنید.",
        "This period has a value already: edit it or, if it is approved, enter a correction of it.",
    )
    ONLY_APPROVED_CORRECTED = (
        "ONLY_APPROVED_CORRECTED",
        "تنها مقدار تأییدشده‌ای که هنوز اصلاح نشده است اصلاحیه می‌گیرد؛ مقدار دیگر را ویرایش کنید.",
        "Only an approved value without a later correction takes one: edit the value itself instead.",
    )
    CURRENCY_ONLY_FOR_MONEY = (
        "CURRENCY_ONLY_FOR_MONEY",
        "تنها مبلغ ارز دارد؛ ارز و واحد آن را برای مبلغ بنویسید و برای شاخص‌های دیگر خالی بگذارید.",
        "Only money has a currency: name currency and unit for an amount, and leave them out otherwise.",
    )
    WHOLE_NUMBER = (
        "WHOLE_NUMBER",
        "این شاخص شمارشی است؛ عدد صحیح وارد کنید.",
        "This indicator counts: enter a whole number.",
    )
    NUMBER_TOO_PRECISE = (
        "NUMBER_TOO_PRECISE",
        "عدد حداکثر ۱۶ رقم و چهار رقم اعشار دارد؛ آن را گرد کنید.",
        "A number has at most 16 digits and four decimals: round it.",
    )
    PARTS_EXCEED_WHOLE = (
        "PARTS_EXCEED_WHOLE",
        "جمع بخش‌ها ({parts}) از مقدار کل ({whole}) بیشتر است؛ یکی را درست کنید.",
        "The parts add up to {parts}, more than the whole ({whole}): correct one of them.",
    )
    EVIDENCE_MISSING = (
        "EVIDENCE_MISSING",
        "مقدار بی‌مدرک ارائه نمی‌شود؛ بنویسید بر چه استوار است.",
        "A value is not submitted without evidence: say what it rests on.",
    )
    REVIEWS_OWN_WORK = (
        "REVIEWS_OWN_WORK",
        "کسی که مقدار را ارائه کرده است آن را بررسی نمی‌کند؛ از همکار دیگری بخواهید.",
        "Whoever submitted a value does not review it: ask a colleague.",
    )
    TAKEN_TODAY = (
        "TAKEN_TODAY",
        "مقدارهای این پروژه امروز برداشت شده است؛ روز دیگری دوباره برداشت کنید.",
        "The values of this project were taken today already: take them again on another day.",
    )
    STATE_HAS_NO_TARGET = (
        "STATE_HAS_NO_TARGET",
        "شاخصی که وضعیت را می‌گوید هدف عددی ندارد؛ شاخصی عددی برگزینید.",
        "An indicator that tells a state has no target: choose one that tells a number.",
    )
    TARGET_IS_BASELINE = (
        "TARGET_IS_BASELINE",
        "هدف با مقدار پایه یکی است؛ هدفی برگزینید که از آن فاصله داشته باشد.",
        "The target equals the baseline: choose one that differs from it.",
    )
    INDICATOR_IN_USE = (
        "INDICATOR_IN_USE",
        "این شاخص مقدار دارد؛ واحد آن دیگر تغییر نمی‌کند، شاخص تازه‌ای بسازید.",
        "This indicator has values, so its unit does not change any more: add a new indicator.",
    )


def message(problem: Problem, language: str) -> str:
    """Say the problem in the user's language, with its blanks filled."""
    template = problem.code.label_en if language == "en" else problem.code.label_fa
    return template.format_map({name: _shown(value, language) for name, value in problem.values.items()})


def _shown(value: object, language: str) -> object:
    """Show a term by its label, a reason in its language, and days and numbers as the language writes them."""
    english = language == "en"
    if isinstance(value, Term):
        return value.label_en if english else value.label_fa
    if isinstance(value, Unusable):
        return value.reason_en if english else value.reason_fa
    if isinstance(value, date):
        return value.isoformat() if english else Jalali.of(value).text_fa
    if isinstance(value, int | float | Decimal):
        written = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return written if english else persian_digits(written.replace(".", "٫"))
    return value
