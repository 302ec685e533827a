"""What somebody at the screen does for a cluster, from its entry to the exit of its agent, by forms alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.visitor import PERSIAN, words

if TYPE_CHECKING:
    from tests.admin.visitor import Visitor

SAVED = "The changes were saved."
CLUSTER = "خوشه گلیم، جاجیم و ماشته لرستان"


async def sign_in(visitor: Visitor) -> None:
    """Come to the door, say who one is, and arrive."""
    await visitor.screen.goto(visitor.address)
    await visitor.screen.fill('input[name="email"]', "weaver@example.org")
    await visitor.screen.fill('input[name="password"]', "madder-and-indigo")
    await visitor.screen.keyboard.press("Enter")
    await visitor.screen.wait_for_selector("aside")


async def enter_the_cluster(visitor: Visitor) -> None:
    """Enter the cluster and its project, assign the agent, activate."""
    await visitor.press("Clusters", within="aside")
    await visitor.press("New cluster")
    await visitor.fill(
        {
            "Name in Persian": CLUSTER,
            "Name in English": "Lorestan Weaving Cluster",
            "Province": "لرستان",
            "Identified on": "۱۴۰۲/۰۲/۰۵",
            "Workshops": "۱۲۲",
        }
    )
    await visitor.rows({"products.0.nameFa": "جاجیم", "products.0.nameEn": "Jajim"})
    await visitor.picture("1-cluster")
    await visitor.send("Create the cluster", "The cluster was created.")
    assert await visitor.screen.get_by_text("جاجیم").count()
    await visitor.do(
        "New project",
        {"Planned start": "۱۴۰۲/۰۳/۰۱", "Planned end": "۱۴۰۵/۰۳/۰۱"},
        "Create the project",
        "The project was created with its five phases.",
    )
    await visitor.do("Assign an agent", {"From": "1402-03-01"}, "Assign", "The agent was assigned.")
    await visitor.do("Activate", {"Day": "۱۴۰۲/۰۳/۰۱"}, "Activate", "The project is active.")
    await visitor.picture("2-project")


async def write_the_study(visitor: Visitor) -> None:
    """Write the study from the desk and the field, hand it in, have it accepted and presented."""
    await visitor.tab("Study")
    await visitor.press("Begin the study")
    await visitor.send("Begin the study", "The study was begun: now write it.")
    await visitor.press("Write")
    await visitor.fill(
        {
            "Level found": words_of("DevelopmentLevel", "EMERGING"),
            "Level aimed at": words_of("DevelopmentLevel", "GROWING"),
            "Situation of the cluster, in Persian": "۱۲۲ کارگاه، بازار کساد و مواد اولیهٔ گران.",
            "National environment, in Persian": "فرش ماشینی بازار را گرفته است.",
            "Global environment, in Persian": "بازار دست‌بافت طبیعی در اروپا رو به رشد است.",
        }
    )
    await visitor.rows(
        {
            "sources.0.kind": words_of("SourceKind", "DESK"),
            "sources.0.titleFa": "آمار صنایع دستی استان",
            "findings.0.quadrant": words_of("SwotQuadrant", "STRENGTH"),
            "findings.0.textFa": "نقش‌های اصیل",
            "problems.0.textFa": "بازار کساد است.",
            "problems.0.solutions.0.target": words_of("SolutionTarget", "PROBLEM_REMOVAL"),
            "problems.0.solutions.0.textFa": "نمایشگاه مشترک برپا شود.",
        }
    )
    await visitor.form.locator('button[name="look"][value="sources"]').click()
    await visitor.form.locator('[name="sources.1.titleFa"]').wait_for()
    await visitor.rows(
        {
            "sources.1.kind": words_of("SourceKind", "FIELD"),
            "sources.1.titleFa": "گفت‌وگو با بافندگان کوهدشت",
        }
    )
    await visitor.send("Save", SAVED)
    assert await visitor.screen.get_by_text("نمایشگاه مشترک برپا شود.").count()
    await visitor.do("Hand in", {"Day": "۱۴۰۲/۰۶/۰۱"}, "Hand in", "The study was handed in.")
    await visitor.do("Accept", {"Day": "۱۴۰۲/۰۶/۱۰"}, "Accept", "The study was accepted.")
    await visitor.do(
        "Record the presentation",
        {"Document number": "۱۴۰۲/۱۱", "Day": "۱۴۰۲/۰۶/۱۵"},
        "Save",
        "The presentation is on record.",
    )
    await visitor.picture("3-study")
    await visitor.tab("Overview")
    await visitor.do("Complete", {"Day": "۱۴۰۲/۰۶/۲۰"}, "Complete", "The phase is completed.")
    await visitor.do("Start", {"Day": "۱۴۰۲/۰۷/۲۰"}, "Start", "The phase has started.")


async def bring_people_together(visitor: Visitor) -> None:
    """Enter the workshops, admit two members, form their network."""
    await visitor.tab("Stakeholders")
    await visitor.press("Enter a list")
    kind, role = words_of("StakeholderKind", "WORKSHOP"), words_of("StakeholderRole", "WEAVER")
    first = {"nameFa": "کارگاه یکم", "nameEn": "First workshop", "kind": kind, "role": role}
    second = {"nameFa": "کارگاه دوم", "nameEn": "Second workshop", "kind": kind, "role": role}
    await visitor.rows({f"stakeholders.0.{part}": text for part, text in first.items()})
    await visitor.form.locator('button[name="look"]').click()
    await visitor.form.locator('[name="stakeholders.1.nameFa"]').wait_for()
    await visitor.rows({f"stakeholders.1.{part}": text for part, text in second.items()})
    await visitor.send("Save", "The stakeholders were entered.")
    for name in (first["nameFa"], second["nameFa"]):
        await visitor.tab("Stakeholders")
        await visitor.screen.locator("#stakeholder-table").get_by_role("link", name=name).click()
        await visitor.do("Admit as a member", {"From": "۱۴۰۲/۰۴/۰۱"}, "Admit", "The member was admitted.")
        await visitor.screen.locator(".crumbs a").nth(1).click()
    await visitor.tab("Networks")
    await visitor.press("New network")
    await visitor.fill(
        {
            "Name in Persian": "شبکه بافندگان",
            "Name in English": "Weavers' network",
            "Kind": words_of("NetworkKind", "HORIZONTAL"),
            "Formed on": "۱۴۰۲/۰۷/۰۱",
        }
    )
    await visitor.send("Add", "The network is on record.")
    await visitor.do("Add a member", {"Stakeholder": first["nameFa"], "From": "۱۴۰۲/۰۷/۰۲"}, "Add", SAVED)
    await visitor.do(
        "Designate",
        {"Day": "۱۴۰۲/۰۸/۰۱"},
        "Designate",
        "The network is the comprehensive network of the cluster.",
    )
    await visitor.screen.locator(".crumbs a").nth(1).click()


async def build_trust(visitor: Visitor) -> None:
    """Plan an activity and record it; enter a sheet of the survey by the keyboard and close the round."""
    await visitor.tab("Trust")
    await visitor.press("Plan an activity")
    await visitor.fill(
        {
            "Name in Persian": "بازدید مشترک از کارگاه‌های قم",
            "Name in English": "Joint visit to Qom",
            "Type": words_of("TrustActivityType", "JOINT_VISIT"),
            "Approach": words_of("TrustApproach", "PRACTICAL"),
            "Planned start": "۱۴۰۲/۰۵/۰۱",
            "Planned end": "۱۴۰۲/۰۵/۰۲",
        }
    )
    await visitor.send("Plan", "The activity is planned: now say who takes part.")
    await visitor.do("Add a participant", {"Stakeholder": "کارگاه یکم"}, "Add", SAVED)
    await visitor.do(
        "Record what happened",
        {"First day": "۱۴۰۲/۰۵/۰۱", "Last day": "۱۴۰۲/۰۵/۰۲", "What came of it, in Persian": "۳۶ نفر آمدند."},
        "Save",
        "The activity is on record.",
    )
    await visitor.screen.locator(".crumbs a").nth(2).click()
    await visitor.press("Open a round of the survey")
    await visitor.fill({"Day": "۱۴۰۲/۰۸/۰۱"})
    await visitor.send("Open the round", "The round is open: enter the answers, sheet by sheet.")
    await visitor.press("Enter a sheet")
    await visitor.fill({"Who answers": "کارگاه یکم"})
    await visitor.form.locator('[data-grid] tr:has-text("کارگاه دوم") input[type=radio]').first.focus()
    await visitor.screen.keyboard.press("4")
    assert await visitor.form.locator('input[type=radio][value="4"]:checked').count() == 1
    await visitor.send("Save and go to the next sheet", "The sheet is entered.")
    await visitor.screen.locator(".crumbs a").last.click()
    await visitor.do(
        "Close the round",
        {"Day": "۱۴۰۲/۰۸/۱۵"},
        "Close the round",
        "The round is closed and its figures are computed.",
    )
    await visitor.screen.locator(".crumbs a").nth(1).click()


async def seat_the_council(visitor: Visitor) -> None:
    """Form the council and fill its seats."""
    await visitor.tab("Council")
    await visitor.do(
        "Form the council",
        {"Formed on": "۱۴۰۲/۰۴/۰۱"},
        "Form the council",
        "The council was formed: now appoint its members.",
    )
    for title, role in (
        ("مدیرعامل شرکت شهرک‌ها", "CHAIR"),
        ("نماینده بافندگان", "SECRETARY"),
        ("نماینده اتاق بازرگانی", "MEMBER"),
    ):
        await visitor.do(
            "Appoint",
            {
                "Role": words_of("SeatRole", role),
                "Title in Persian": title,
                "Title in English": role.title(),
                "From": "۱۴۰۲/۰۴/۰۱",
            },
            "Appoint",
            "The seat was taken.",
        )


async def meet(visitor: Visitor, day: str) -> None:
    """Invite the council to a meeting and record that everybody came."""
    await visitor.tab("Council")
    await visitor.do("Invite to a meeting", {"Day": day}, "Invite", "The council is invited.")
    await visitor.press("Record")
    await visitor.fill({"Day": day})
    await visitor.tick()
    await visitor.send("Save", "The meeting is on record.")


async def approve_the_plan(visitor: Visitor) -> None:
    """Draft the plan with a sub-project and its money, and let the council approve it on one screen."""
    await visitor.tab("Action plan")
    await visitor.do(
        "New version",
        {
            "Vision in Persian": "جاجیم لرستان با نام خود به بازار می‌رسد.",
            "Vision in English": "To the market.",
        },
        "Begin the draft",
        "The draft was begun: now add its strategies.",
    )
    both = {"Title in Persian": "توسعه بازار", "Title in English": "Market"}
    await visitor.do("Add a strategy", both, "Add", SAVED)
    await visitor.do("Programme", both, "Add", SAVED)
    actor = words_of("SubProjectActor", "NETWORK")
    await visitor.press("Sub-project")
    await visitor.fill(
        {
            "Name in Persian": "نمایشگاه مشترک",
            "Name in English": "Joint exhibition",
            "Type": words_of("SubProjectType", "MARKET_DEVELOPMENT"),
            "Defined by": actor,
            "Led by": actor,
        }
    )
    await visitor.tick()
    await visitor.send("Add", "The sub-project was defined.")
    await visitor.press("نمایشگاه مشترک")
    await visitor.press("Plan money")
    await visitor.fill(
        {
            "Source of the money": words_of("FundingSource", "MEMBER_CONTRIBUTION"),
            "Planned amount": "۵٬۰۰۰٬۰۰۰",
            "Currency": words_of("Currency", "IRR"),
            "Unit of the currency": words_of("CurrencyUnit", "OLD_RIAL"),
        }
    )
    await visitor.send("Add", SAVED)
    await visitor.press("Version %(version)s", version="۱")
    await visitor.do(
        "Present to the council", {"Presented on": "۱۴۰۲/۰۷/۰۱"}, "Present", "The plan waits for the council."
    )
    await visitor.screen.locator(".crumbs a").nth(1).click()
    await meet(visitor, "۱۴۰۲/۰۷/۱۰")
    await visitor.tab("Action plan")
    await visitor.press("Version %(version)s", version="۱")
    await visitor.press("Approve")
    await vote(visitor)
    await visitor.fill({"Document number": "۱۴۰۲/۲۱"})
    await visitor.picture("4-approval")
    await visitor.send("Approve", "The plan is approved.")
    await visitor.press("نمایشگاه مشترک")


async def vote(visitor: Visitor) -> None:
    """Let every seat vote for what is decided."""
    await visitor.form.wait_for()
    for seat in await visitor.form.locator(".ballot select").all():
        await seat.select_option(label=words_of("Vote", "FOR"))


async def carry_out_the_sub_project(visitor: Visitor) -> None:
    """Give it a step, start it, record the money, report, complete."""
    await visitor.press("Add a step")
    await visitor.fill(
        {"Name in Persian": "اجارهٔ غرفه", "Name in English": "Rent", "Weight": "۱۰۰", "Due on": "۱۴۰۳/۰۲/۰۱"}
    )
    await visitor.send("Add", SAVED)
    await visitor.do("Start", {"Day": "۱۴۰۲/۰۸/۰۱"}, "Start", "The sub-project has started.")
    await visitor.do(
        "Money used",
        {"Promised so far": "۵٬۰۰۰٬۰۰۰", "Paid out so far": "۴٬۰۰۰٬۰۰۰", "Spent so far": "۴٬۰۰۰٬۰۰۰"},
        "Save",
        "The money is on record.",
    )
    await visitor.picture("5-sub-project")
    await visitor.press("Report progress")
    await visitor.fill({"Day": "۱۴۰۳/۰۱/۲۰"})
    await visitor.tick()
    await visitor.send("Report", "The progress is on record.")
    await visitor.do("Complete", {"Day": "۱۴۰۳/۰۲/۰۱"}, "Complete", "The sub-project is completed.")
    await visitor.screen.locator(".crumbs a").nth(1).click()


async def let_the_agent_go(visitor: Visitor) -> None:
    """Assess, decide, announce, hand over in two steps, complete."""
    await visitor.tab("Overview")
    await visitor.screen.locator(f'summary[aria-label="{words("More actions")}"]').click()
    await visitor.press("Record the level of development")
    await visitor.fill(
        {
            "Level of development": words_of("DevelopmentLevel", "MATURING"),
            "Decided by": "شورای راهبری",
            "Day": "۱۴۰۴/۱۰/۰۱",
            "Evidence": "گزارش سالانه",
        }
    )
    await visitor.send("Save", "The level of development is on record.")
    await visitor.tab("Exit")
    await visitor.do(
        "Assess the self-reliance",
        {
            "Share in defining": "۰٫۸",
            "Share in steering": "۰٫۸",
            "Decided by": "ناظر فنی",
            "Day of the assessment": "۱۴۰۴/۱۰/۱۰",
            "Evidence": "بررسی ریزپروژه‌ها",
        },
        "Save",
        "The assessment is on record.",
    )
    await meet(visitor, "۱۴۰۴/۱۰/۲۰")
    await visitor.screen.locator("main .agenda a").filter(has_text="۱۴۰۴/۱۰/۲۰").click()
    await visitor.press("Record a decision")
    await visitor.fill(
        {
            "Decision on": words_of("DecisionSubject", "EXIT"),
            "Decision": words_of("ReviewDecision", "APPROVE"),
        }
    )
    await vote(visitor)
    await visitor.send("Save", "The decision is on record.")
    await visitor.screen.locator(".crumbs a").nth(1).click()
    await visitor.tab("Exit")
    await visitor.do(
        "Announce the exit",
        {"Day of the announcement": "۱۴۰۴/۱۱/۰۱"},
        "Announce",
        "The exit is announced: now lay down the steps of the hand-over.",
    )
    for what in ("دبیرخانهٔ شورا", "بایگانی طرح‌ها"):
        await visitor.do(
            "Add a step",
            {
                "What is handed over, in Persian": what,
                "What is handed over, in English": "Files",
                "Due on": "۱۴۰۵/۰۲/۰۱",
                "Network": "شبکه بافندگان",
            },
            "Add",
            SAVED,
        )
    for _ in range(2):
        await visitor.do(
            "Done", {"Evidence": "صورت‌جلسهٔ تحویل", "Done on": "۱۴۰۵/۰۲/۰۱"}, "Save", "The step is done."
        )
    await visitor.do(
        "Complete the exit",
        {"Completed on": "۱۴۰۵/۰۳/۱۰"},
        "Complete",
        "The agent has left the cluster; the project is completed.",
    )


def words_of(enumeration: str, member: str) -> str:
    """Return the Persian word of a term."""
    return PERSIAN.term(enumeration, member)
