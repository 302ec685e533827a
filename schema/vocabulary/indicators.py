"""The words for indicators: what they measure, in what, of what, and how a value is reviewed."""

from schema.vocabulary.term import Term


class IndicatorLevel(Term):
    """The place of an indicator in the causal chain of monitoring and evaluation."""

    INPUT = "INPUT", "درون‌داد", "Input"
    OUTPUT = "OUTPUT", "برون‌داد", "Output"
    OUTCOME = "OUTCOME", "پیامد", "Outcome"
    IMPACT = "IMPACT", "اثر", "Impact"


class IndicatorStatus(Term):
    """The state of one reported value of an indicator."""

    DRAFT = "DRAFT", "پیش‌نویس", "Draft"
    SUBMITTED = "SUBMITTED", "ارائه‌شده", "Submitted"
    RETURNED = "RETURNED", "بازگشت برای اصلاح", "Returned for correction"
    APPROVED = "APPROVED", "تأییدشده", "Approved"


class IndicatorOrigin(Term):
    """Where the values of an indicator come from."""

    COMPUTED = "COMPUTED", "محاسبه‌شده", "Computed"
    ENTERED = "ENTERED", "واردشده", "Entered"


class IndicatorDimension(Term):
    """The side of cluster development that an indicator looks at (domain section 4.5)."""

    PHASES = "PHASES", "زمان‌بندی فازها", "Schedule of the phases"
    PLANNING = "PLANNING", "برنامه عمل", "Action plan"
    TRUST = "TRUST", "اعتماد و سرمایه اجتماعی", "Trust and social capital"
    SELF_RELIANCE = "SELF_RELIANCE", "خوداتکایی", "Self-reliance"
    EXIT = "EXIT", "آمادگی خروج", "Exit readiness"
    EXECUTION = "EXECUTION", "اجرای ریزپروژه‌ها", "Execution of sub-projects"
    BUDGET = "BUDGET", "بودجه", "Budget"
    PROGRAMME = "PROGRAMME", "برنامه ملی", "Programme"
    COOPERATION = "COOPERATION", "همکاری و شبکه‌سازی", "Cooperation and networking"
    MARKET = "MARKET", "بازار و فروش", "Market and sales"
    EMPLOYMENT = "EMPLOYMENT", "اشتغال", "Employment"
    QUALITY = "QUALITY", "کیفیت و هزینه", "Quality and cost"


class IndicatorSubject(Term):
    """What an indicator has a value for."""

    CLUSTER = "CLUSTER", "خوشه", "Cluster"
    PROJECT = "PROJECT", "پروژه", "Project"
    PHASE = "PHASE", "فاز", "Phase"
    ACTION_PLAN = "ACTION_PLAN", "برنامه عمل", "Action plan"
    TRUST_SURVEY = "TRUST_SURVEY", "پیمایش اعتماد", "Trust survey"
    SUB_PROJECT = "SUB_PROJECT", "ریزپروژه", "Sub-project"
    PROGRAMME = "PROGRAMME", "کل برنامه", "Programme"


class IndicatorUnit(Term):
    """What a value counts."""

    PERCENT = "PERCENT", "درصد", "Per cent"
    SHARE = "SHARE", "سهم از یک", "Share of one"
    SCORE = "SCORE", "امتیاز از صد", "Score of a hundred"
    RATIO = "RATIO", "نسبت", "Ratio"
    COUNT = "COUNT", "شمار", "Count"
    DAYS = "DAYS", "روز", "Days"
    FULL_TIME_POSTS = "FULL_TIME_POSTS", "نفر تمام‌وقت", "Full-time posts"
    MONEY = "MONEY", "مبلغ", "Money"
    STATE = "STATE", "وضعیت", "State"
