"""What is said of accounts, passwords and the documents of agencies: Persian first, the rule and the remedy."""

from typing import Final

PASSWORD_WRONG: Final = (
    "گذرواژهٔ کنونی درست نیست؛ آن را دوباره وارد کنید.",
    "The current password is not right: enter it again.",
)
PASSWORD_UNUSABLE: Final = (
    "گذرواژه باید {shortest} تا {longest} نویسه داشته باشد؛ چند واژه کنار هم خوب است.",
    "A password has {shortest} to {longest} characters: a few words together do well.",
)
TOO_OFTEN: Final = (
    "این کار به‌تازگی چند بار انجام شده است؛ {seconds} ثانیهٔ دیگر دوباره بکوشید.",
    "This was tried several times of late: try again in {seconds} seconds.",
)
USER_DISABLED: Final = (
    "ورود این کاربر بسته است؛ نخست آن را باز کنید.",
    "This user is kept out: let the user in first.",
)
PASSWORDS_OFF: Final = (
    "در این‌جا با گذرواژه وارد نمی‌شوند؛ گذرواژه را در سامانهٔ ورود سازمان خود عوض کنید.",
    "Nobody signs in with a password here: change it where your organisation signs in (the OpenID provider).",
)
LETTER_NOT_WRITTEN: Final = (
    "نامه فرستاده نشد، زیرا این نصب هنوز کلید رمزنگاری (ENCRYPTION_KEYS) ندارد؛ از راهبر سامانه بخواهید تعیینش کند.",
    "No letter is on its way, as this installation has no ENCRYPTION_KEYS: ask its operator for them and send again.",
)
NOT_ONESELF: Final = (
    "کسی ورود خود را نمی‌بندد و نمی‌گشاید؛ از مدیر دیگری بخواهید.",
    "Nobody keeps oneself out or lets oneself in: ask another administrator.",
)
HAS_ACCESS: Final = (
    "ورود این کاربر بسته نیست؛ نیازی به گشودن آن نیست.",
    "This user is not kept out: there is nothing to undo.",
)
AGENCY_DISABLED: Final = (
    "دسترسی این نهاد بسته است؛ نخست آن را باز کنید.",
    "This agency has no access: give it access again first.",
)
TOKEN_OVER: Final = (
    "این توکن از {on} کار نمی‌کند؛ توکن تازه‌ای صادر کنید.",
    "This token has not worked since {on}: issue a new one.",
)
OF_SOMEBODY_ELSE: Final = (
    "این از آن کس دیگری است؛ از خود او بخواهید.",
    "This is somebody else's: ask that person.",
)
DOCUMENTS_FULL: Final = (
    "این نهاد {limit} سند ثبت‌شده دارد و بیش از آن پذیرفته نیست؛ نخست یکی را بردارید.",
    "This agency has {limit} registered documents, and no more are taken: remove one first.",
)
