"""What is said of steering councils and the committees above them: Persian first, the rule and the remedy."""

from typing import Final

NO_COUNCIL: Final = (
    "خوشه شورای راهبری ندارد؛ نخست شورا را تشکیل دهید.",
    "The cluster has no steering council: form it first.",
)
COUNCIL_EXISTS: Final = (
    "خوشه شورای راهبری دارد؛ نخست آن را منحل کنید.",
    "The cluster has a steering council: dissolve that one first.",
)
COUNCIL_DISSOLVED: Final = (
    "این شورا در {on} منحل شده است؛ شورای کنونی خوشه را به کار ببرید یا شورای تازه‌ای تشکیل دهید.",
    "This council was dissolved on {on}: use the cluster's current council or form a new one.",
)
COUNCIL_OF_ANOTHER_CLUSTER: Final = (
    "این جلسه از شورای خوشهٔ دیگری است و تنها شورای راهبری همین خوشه تصمیم می‌گیرد؛ جلسه‌ای از همین خوشه برگزینید.",
    "Only the council of the same cluster decides and this meeting is of another one's: choose one of this cluster.",
)
ACTORS_MISSING: Final = (
    "شورا {count} فعال خوشه دارد و برنامه دست‌کم {least} فعال می‌خواهد؛ به ذی‌نفعان خوشه کرسی بدهید.",
    "The council seats {count} cluster actors and the programme expects {least}: seat stakeholders.",
)
SEAT_TAKEN: Final = (
    "کرسی «{role}» پر است؛ نخست آن را پایان دهید.",
    "The seat of the {role} is taken: end it first.",
)
SEAT_ENDED: Final = (
    "این کرسی در {on} پایان یافته است؛ کرسی تازه‌ای تعیین کنید.",
    "This seat ended on {on}: appoint a new one.",
)
MEETING_NOT_HELD: Final = (
    "جلسه برگزار نشده است ({status})؛ نخست برگزاری و حاضران آن را ثبت کنید.",
    "The meeting was not held ({status}): record first that it was held and who came.",
)
NOT_A_SEAT_THEN: Final = (
    "این کرسی در روز جلسه در این شورا نبوده است؛ تنها کرسی‌های همان روز را حاضر ثبت کنید.",
    "This is not a seat of this council on the day of the meeting: name only seats held that day.",
)
QUORUM_MISSING: Final = (
    "از {seats} کرسی {present} کرسی حاضر بوده است و تصمیم دست‌کم {needed} می‌خواهد؛ جلسهٔ دیگری برگزار کنید.",
    "{present} of {seats} seats were present, a decision needs at least {needed}: hold another meeting.",
)
SEAT_NOT_PRESENT: Final = (
    "این کرسی در جلسه حاضر نبوده است و رأی ندارد؛ رأی آن را بردارید.",
    "This seat was not present at the meeting and has no vote: leave its vote out.",
)
VOTED_TWICE: Final = (
    "برای این کرسی دو رأی آمده است؛ یکی را بردارید.",
    "This seat has two votes: remove one.",
)
MAJORITY_MISSING: Final = (
    "{in_favour} از {present} کرسی حاضر با همین تصمیم موافق‌اند و {needed} رأی لازم است؛ رأی به خود تصمیم را وارد کنید.",
    "{in_favour} of {present} seats are for this very decision, which needs {needed}: enter the votes for it.",
)
DECISION_STANDS: Final = (
    "این جلسه {count} تصمیم گرفته است و حاضران آن دیگر تغییر نمی‌کنند؛ آنچه نادرست است در صورت‌جلسه بنویسید.",
    "This meeting made {count} decisions, so who came stays as it is: say in the minutes what is wrong.",
)
DECIDED_ELSEWHERE: Final = (
    "دربارهٔ برنامه عمل روی خود آن تصمیم گرفته می‌شود؛ همان نسخه را تصویب کنید، بازگردانید یا رد کنید.",
    "An action plan is decided on by itself: approve, return or reject the version.",
)
COMMITTEE_EXISTS: Final = (
    "استان کمیتهٔ توسعهٔ خوشه‌ها دارد؛ نخست آن را منحل کنید.",
    "The province has a committee: dissolve that one first.",
)
COMMITTEE_DISSOLVED: Final = (
    "این کمیته در {on} منحل شده است؛ کمیتهٔ کنونی استان را به کار ببرید یا کمیته‌ای تازه تشکیل دهید.",
    "This committee was dissolved on {on}: use the province's current committee or form a new one.",
)
NATIONAL_COUNCIL_EXISTS: Final = (
    "شورای ملی سیاست‌گذاری در کار است؛ نخست آن را منحل کنید.",
    "There is a national policy council in office: dissolve that one first.",
)
NATIONAL_COUNCIL_DISSOLVED: Final = (
    "این شورای ملی در {on} منحل شده است؛ شورای کنونی را به کار ببرید یا شورای تازه‌ای تشکیل دهید.",
    "This national council was dissolved on {on}: use the current one or form a new one.",
)
NATIONAL_INSTITUTION_ONLY: Final = (
    "ریاست شورای ملی با نهادی ملی است و این نهاد از آنِ یک استان است؛ سازمان صنایع کوچک را برگزینید.",
    "A national institution chairs the national council, and this one belongs to a province: choose ISIPO.",
)
CHAIR_OF_ANOTHER_INSTITUTION: Final = (
    "کرسی ریاست از آنِ نهادی است که شورا زیر نظر آن تشکیل شده است؛ همان نهاد را برگزینید.",
    "The chair is of the institution under which the council was formed: choose that institution.",
)
PLAN_NOT_OF_THE_PROVINCE: Final = (
    "این برنامه عمل، برنامهٔ مصوب خوشه‌ای از این استان نیست؛ برنامه‌ای مصوب از همین استان برگزینید.",
    "This is no approved action plan of a cluster of the province: choose one of them.",
)
