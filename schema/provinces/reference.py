"""The 31 provinces of Iran and the counties of Lorestan as facts, and how a province code may be read."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from schema.text import code, squash
from schema.unusable import Unusable


@dataclass(frozen=True, slots=True)
class ProvinceEntry:
    """What is known of a province: codes, names, where its capital lies, its place on the tile map."""

    iso_code: str
    legacy_iso_code: str
    name_en: str
    name_fa: str
    capital_en: str
    capital_fa: str
    latitude: float
    longitude: float
    tile_column: int
    tile_row: int


@dataclass(frozen=True, slots=True)
class CountyEntry:
    """What is known of a county or a town: its names and roughly where its centre lies."""

    name_en: str
    name_fa: str
    latitude: float
    longitude: float


class CodeVintage(Enum):
    """Which list a province code was taken from: nearly all codes changed on 2020-11-24."""

    CURRENT = "CURRENT"
    BEFORE_2020_11_24 = "BEFORE_2020_11_24"


class UnusableProvinceCode(Unusable):
    """A province code that cannot be read safely; the message says what to add or mend."""


# code | former code | names | capital | latitude and longitude of the capital | tile column and row
_PROVINCES: Final = """
IR-00|IR-22|Markazi|مرکزی|Arak|اراک|34.09|49.69|3|3
IR-01|IR-19|Gilan|گیلان|Rasht|رشت|37.28|49.58|4|1
IR-02|IR-21|Mazandaran|مازندران|Sari|ساری|36.57|53.06|5|1
IR-03|IR-01|East Azerbaijan|آذربایجان شرقی|Tabriz|تبریز|38.07|46.30|2|1
IR-04|IR-02|West Azerbaijan|آذربایجان غربی|Urmia|ارومیه|37.55|45.07|1|1
IR-05|IR-17|Kermanshah|کرمانشاه|Kermanshah|کرمانشاه|34.31|47.07|1|3
IR-06|IR-10|Khuzestan|خوزستان|Ahvaz|اهواز|31.32|48.67|3|5
IR-07|IR-14|Fars|فارس|Shiraz|شیراز|29.59|52.53|5|4
IR-08|IR-15|Kerman|کرمان|Kerman|کرمان|30.28|57.08|6|4
IR-09|IR-30|Razavi Khorasan|خراسان رضوی|Mashhad|مشهد|36.30|59.61|7|2
IR-10|IR-04|Isfahan|اصفهان|Isfahan|اصفهان|32.65|51.67|5|3
IR-11|IR-13|Sistan and Baluchestan|سیستان و بلوچستان|Zahedan|زاهدان|29.50|60.86|7|4
IR-12|IR-16|Kurdistan|کردستان|Sanandaj|سنندج|35.31|46.99|1|2
IR-13|IR-24|Hamadan|همدان|Hamadan|همدان|34.80|48.51|2|3
IR-14|IR-08|Chaharmahal and Bakhtiari|چهارمحال و بختیاری|Shahrekord|شهرکرد|32.33|50.86|3|4
IR-15|IR-20|Lorestan|لرستان|Khorramabad|خرم‌آباد|33.49|48.36|2|4
IR-16|IR-05|Ilam|ایلام|Ilam|ایلام|33.64|46.42|1|4
IR-17|IR-18|Kohgiluyeh and Boyer-Ahmad|کهگیلویه و بویراحمد|Yasuj|یاسوج|30.67|51.59|4|4
IR-18|IR-06|Bushehr|بوشهر|Bushehr|بوشهر|28.97|50.84|4|5
IR-19|IR-11|Zanjan|زنجان|Zanjan|زنجان|36.68|48.49|2|2
IR-20|IR-12|Semnan|سمنان|Semnan|سمنان|35.57|53.40|6|2
IR-21|IR-25|Yazd|یزد|Yazd|یزد|31.90|54.37|6|3
IR-22|IR-23|Hormozgan|هرمزگان|Bandar Abbas|بندرعباس|27.18|56.27|6|5
IR-23|IR-07|Tehran|تهران|Tehran|تهران|35.69|51.39|5|2
IR-24|IR-03|Ardabil|اردبیل|Ardabil|اردبیل|38.25|48.29|3|1
IR-25|IR-26|Qom|قم|Qom|قم|34.64|50.88|4|3
IR-26|IR-28|Qazvin|قزوین|Qazvin|قزوین|36.27|50.00|3|2
IR-27|IR-27|Golestan|گلستان|Gorgan|گرگان|36.84|54.44|6|1
IR-28|IR-31|North Khorasan|خراسان شمالی|Bojnord|بجنورد|37.47|57.33|7|1
IR-29|IR-29|South Khorasan|خراسان جنوبی|Birjand|بیرجند|32.87|59.22|7|3
IR-30|IR-32|Alborz|البرز|Karaj|کرج|35.83|50.99|4|2
"""


def _province(line: str) -> ProvinceEntry:
    *words, latitude, longitude, column, row = line.split("|")
    current, legacy, name_en, name_fa, capital_en, capital_fa = words
    return ProvinceEntry(
        iso_code=current,
        legacy_iso_code=legacy,
        name_en=name_en,
        name_fa=name_fa,
        capital_en=capital_en,
        capital_fa=capital_fa,
        latitude=float(latitude),
        longitude=float(longitude),
        tile_column=int(column),
        tile_row=int(row),
    )


PROVINCES: Final = tuple(_province(line) for line in _PROVINCES.strip().splitlines())
LORESTAN: Final = next(province for province in PROVINCES if province.name_en == "Lorestan")
LORESTAN_COUNTIES: Final = (
    CountyEntry("Khorramabad", "خرم‌آباد", 33.49, 48.36),
    CountyEntry("Kuhdasht", "کوهدشت", 33.53, 47.61),
    CountyEntry("Selseleh", "سلسله", 33.86, 48.26),
    CountyEntry("Delfan", "دلفان", 34.07, 47.97),
    CountyEntry("Poldokhtar", "پلدختر", 33.15, 47.71),
    CountyEntry("Rumeshkan", "رومشکان", 33.30, 47.48),
    CountyEntry("Chegeni", "چگنی", 33.56, 48.02),
    CountyEntry("Borujerd", "بروجرد", 33.90, 48.75),
    CountyEntry("Dorud", "دورود", 33.49, 49.06),
    CountyEntry("Azna", "ازنا", 33.46, 49.46),
    CountyEntry("Aligudarz", "الیگودرز", 33.40, 49.69),
)
# Towns of Lorestan: the centres of counties, by the county.
LORESTAN_TOWNS: Final = {
    "Khorramabad": CountyEntry("Khorramabad", "خرم‌آباد", 33.49, 48.36),
    "Kuhdasht": CountyEntry("Kuhdasht", "کوهدشت", 33.53, 47.61),
    "Selseleh": CountyEntry("Aleshtar", "الشتر", 33.86, 48.26),
    "Delfan": CountyEntry("Nurabad", "نورآباد", 34.07, 47.97),
    "Poldokhtar": CountyEntry("Poldokhtar", "پلدختر", 33.15, 47.71),
    "Aligudarz": CountyEntry("Aligudarz", "الیگودرز", 33.40, 49.69),
}


def province_by_code(
    iso_code: str, *, vintage: CodeVintage | None = None, name: str | None = None
) -> ProvinceEntry:
    """Find the province a code means, given the list the code was taken from or the name beside it.

    The code alone is refused: `IR-20` was Lorestan and is Semnan, so an old list would move clusters
    to another province without a word.
    """
    read = code(iso_code).upper()
    if not re.fullmatch(r"IR-[0-9]{2}", read):
        raise UnusableProvinceCode(
            f"«{read[:20]}» کد استان نیست؛ آن را مانند IR-15 بنویسید.",
            f"{read[:20]!r} is not a province code: write it as in IR-15.",
        )
    if vintage is None and name is None:
        raise UnusableProvinceCode(
            f"کد {read} به‌تنهایی دوپهلوست، زیرا کدها در ۲۰۲۰-۱۱-۲۴ عوض شدند؛ "
            "بگویید از کدام فهرست است یا نام استان را هم بنویسید.",
            f"{read} alone is ambiguous, for the codes changed on 2020-11-24: "
            "say which list it is from, or give the name of the province with it.",
        )
    found = [
        province
        for province in PROVINCES
        if _carries(province, read, vintage) and (name is None or _is_called(province, name))
    ]
    if len(found) != 1:
        called_fa = f" با نام «{name.strip()[:80]}»" if name is not None else ""
        called_en = f" called {name.strip()[:80]!r}" if name is not None else ""
        raise UnusableProvinceCode(
            f"استانی با کد {read}{called_fa} نیست؛ کد و نام را بررسی کنید.",
            f"There is no province {read}{called_en}: check the code and the name.",
        )
    return found[0]


def _carries(province: ProvinceEntry, iso_code: str, vintage: CodeVintage | None) -> bool:
    current = vintage is not CodeVintage.BEFORE_2020_11_24 and province.iso_code == iso_code
    former = vintage is not CodeVintage.CURRENT and province.legacy_iso_code == iso_code
    return current or former


def _is_called(province: ProvinceEntry, name: str) -> bool:
    return squash(name) in {squash(province.name_fa), squash(province.name_en)}
