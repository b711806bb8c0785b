"""What is read of a text: numbers, days, whom they count and who says so."""

import json
from datetime import date, timedelta

import pytest

from analysis.draft.draft import read_statements
from analysis.draft.numbers import find_qualified
from analysis.draft.times import find_times
from analysis.draft.words import LANGUAGES, guess_language, lexicon, read_text
from draft_rates import TEXTS
from test_draft import TEXT

DAY = date(2031, 6, 19)  # a Thursday


def counts(words: str, language: str) -> list[str]:
    return [each.count for each in find_qualified(read_text(words, language), []) if each.values]


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "at least forty-one dead, 1,200 hurt", ["at least 41", "1200"]),
        (
            "en",
            "more than 60, up to 12, fewer than five",
            ["more than 60", "up to 12", "fewer than 5"],
        ),
        ("en", "between 30 and 40 died; 20-25 hurt", ["30 to 40", "20 to 25"]),
        ("en", "some 1.2 million fled, 30 or more died", ["about 1200000", "at least 30"]),
        ("en", "the toll rose from 14 to 23", ["14", "23"]),
        ("en", "the count rose by five to 32", ["5", "32"]),
        (
            "en",
            "half a million fled, a 300-strong group, 40-plus dead",
            ["500000", "300", "at least 40"],
        ),
        ("en", "nobody at all", []),
        ("fr", "plus d'un millier, au moins une personne", ["more than 1000", "at least 1"]),
        ("fr", "un million et demi, une bonne centaine", ["1500000", "about 100"]),
        ("ar", "واحدا وثلاثين مدنيا، نصف مليون", ["31", "500000"]),
        ("ar", "جريحين اثنين وطالبتين", ["2", "2"]),
        ("fr", "au moins vingt et une personnes, dont mille deux", ["at least 21", "1002"]),
        ("fr", "plus de 9 500 morts, entre 12.000 et 15.000", ["more than 9500", "12000 to 15000"]),
        ("fr", "une vingtaine, jusqu'à 40", ["about 20", "up to 40"]),
        ("fr", "six femmes, quatre hommes et un enfant", ["6", "4", "1"]),
        ("fr", "cinq morts et une blessée, ainsi qu'un bateau", ["5", "1"]),
        ("fr", "un mort et vingt et un blessés. Trois villages et un enfant", ["21", "3"]),
        ("ar", "٤٣ عنصراً على الأقل و61 مقاتلاً", ["at least 43", "61"]),
        ("ar", "أكثر من واحد وأربعين، نحو ١٢ ألف", ["more than 41", "about 12000"]),
        ("ar", "ما بين 20 و25 شخصا وطفلين", ["20 to 25", "2"]),
        ("ar", "ألفا ومئتين وخمسين، ألفا شخص", ["1250", "2000"]),
    ],
)
def test_numbers_and_qualifiers(language, words, expected):
    assert counts(words, language) == expected


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "on Thursday", ("2031-06-19", "2031-06-19")),
        ("en", "since Friday", ("2031-06-13", "2031-06-19")),
        ("en", "since fighting began on 4 May", ("2031-05-04", "2031-06-19")),
        ("en", "in the past 48 hours", ("2031-06-17", "2031-06-19")),
        ("en", "in less than a week", ("2031-06-13", "2031-06-19")),
        ("en", "so far this year", ("2031-01-01", "2031-06-19")),
        ("en", "from 1 to 15 April", ("2031-04-01", "2031-04-15")),
        ("en", "in July", ("2030-07-01", "2030-07-31")),
        ("en", "two weeks ago", ("2031-06-05", "2031-06-05")),
        ("en", "overnight into Thursday", ("2031-06-18", "2031-06-19")),
        ("en", "in the week to 15 June", ("2031-06-09", "2031-06-15")),
        ("en", "since mid-May", ("2031-05-01", "2031-06-19")),
        ("en", "since yesterday", ("2031-06-18", "2031-06-19")),
        ("en", "on the third of June", ("2031-06-03", "2031-06-03")),
        ("en", "in April and May", ("2031-04-01", "2031-05-31")),
        ("en", "on Tuesday, 17 June", ("2031-06-17", "2031-06-17")),
        ("en", "over the weekend", ("2031-06-14", "2031-06-15")),
        ("fr", "dans la nuit de mardi à mercredi", ("2031-06-17", "2031-06-18")),
        ("fr", "depuis le début du mois de juin", ("2031-06-01", "2031-06-19")),
        ("fr", "du lundi 9 au mercredi 11 juin", ("2031-06-09", "2031-06-11")),
        ("fr", "depuis le lundi 9 juin", ("2031-06-09", "2031-06-19")),
        ("fr", "au premier trimestre 2030", ("2030-01-01", "2030-03-31")),
        ("fr", "la semaine du 2 juin", ("2031-06-02", "2031-06-08")),
        ("fr", "avant-hier", ("2031-06-17", "2031-06-17")),
        ("fr", "depuis dix jours", ("2031-06-09", "2031-06-19")),
        ("fr", "du 1er mars au 30 avril", ("2031-03-01", "2031-04-30")),
        ("fr", "le mois dernier", ("2031-05-01", "2031-05-31")),
        ("fr", "depuis 2027", ("2027-01-01", "2031-06-19")),
        ("ar", "منذ الأحد", ("2031-06-15", "2031-06-19")),
        ("ar", "خلال الساعات الأربع والعشرين الماضية", ("2031-06-18", "2031-06-19")),
        ("ar", "بين 1 و15 نيسان", ("2031-04-01", "2031-04-15")),
        ("ar", "قبل يومين", ("2031-06-17", "2031-06-17")),
        ("ar", "الأسبوع الماضي", ("2031-06-09", "2031-06-15")),
        ("ar", "خلال شهر أيار", ("2031-05-01", "2031-05-31")),
        ("ar", "في الثالث والعشرين من أيار", ("2031-05-23", "2031-05-23")),
        ("ar", "ليل الثلاثاء الأربعاء", ("2031-06-17", "2031-06-18")),
    ],
)
def test_windows(language, words, expected):
    (found,) = find_times(read_text(words, language), DAY)
    assert (str(found.first), str(found.last)) == expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "They may march, and may not, in recent days."),
        ("en", "children of less than five years"),
        ("fr", "ces derniers jours"),
        ("ar", "في اليوم نفسه"),
    ],
)
def test_words_that_are_no_time(language, words):
    assert find_times(read_text(words, language), DAY) == []


def test_the_same_day_is_that_which_was_named():
    found = find_times(
        read_text("It fell on Monday. Nine died that day, two the next day.", "en"), DAY
    )
    assert [str(each.first) for each in found] == ["2031-06-16", "2031-06-16", "2031-06-17"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_word_is_in_each_language(language):
    own = {"one_after", "one", "one_in_list", "definite"}  # what only some of the languages have
    assert {*lexicon(language).rows} - own == {*lexicon("ar").rows} - own
    harms = {value for _, value in lexicon(language).rows["harm"]}
    assert harms == {value for _, value in lexicon("en").rows["harm"]}


def test_language():
    assert read_text(TEXT).words.language == "en"
    with pytest.raises(ValueError, match="not English, Arabic or French"):
        guess_language("der die das und nicht mit von zu")


def test_what_is_said_of_each_number():
    text, found = read_statements(TEXT, DAY)
    said = [
        (each.number.count, each.harm, each.group, str(each.first), str(each.last), each.cited)
        for each in found
        if not each.reason
    ]
    hospital, monitor = "the Korsa hospital", "the Korsa Monitor"
    assert text.words.language == "en"
    assert said == [
        ("9", "killed", "", "None", "2031-06-19", ""),
        ("at least 9", "killed", "", "2031-06-16", "2031-06-16", hospital),
        ("2", "killed", "children", "2031-06-16", "2031-06-16", hospital),
        ("about 30", "injured", "", "2031-06-16", "2031-06-16", hospital),
        ("21", "killed", "civilians", "2031-06-15", "2031-06-19", monitor),
    ]
    assert [each.reason for each in found if each.reason] == [
        "no word of harm is near",
        "counts buses",
        "a time",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [  # number, harm, group of each count
        ("The boat had 200 aboard, 45 of whom died.", ["45 killed"]),
        (
            "The hospital has 12 doctors for 400 patients, and it took in 61 of the wounded.",
            ["61 injured"],
        ),
        ("Eight volunteers and the crew of a bus carried the wounded to a hospital.", []),
        (
            "Two police officers, a teacher and three students were among the dead.",
            ["2 killed police", "3 killed students"],
        ),
        ("In all, 88 inmates died in the fire and in the smoke.", ["88 killed prisoners"]),
        (
            "The storm hit when 112 of the 195 civilians were killed in it.",
            ["112 killed civilians", "195 killed civilians"],
        ),
        ("The toll of 31 includes 12 who died on the way to the town.", ["31 killed", "12 killed"]),
        (
            "Civilian casualties of the town in May: 61 killed and 104 injured.",
            ["61 killed civilians", "104 injured civilians"],
        ),
        ("The number of journalists killed this year reached 14.", ["14 killed journalists"]),
        ("In the town the militants killed 14 on the day of the raid.", ["14 killed"]),
        ("The two gunmen killed 14 people in the town on the road.", ["14 killed"]),
        ("Fourteen worshippers of the town and a preacher were killed.", ["14 killed"]),
        (
            "وبلغت حصيلة الاعتقالات 163 خلال الشهر، 90 منها على يد القوات.",
            ["163 detained", "90 detained"],
        ),
        ("ووثق التقرير عن المدينة 163 اعتقالا تعسفيا خلال الشهر.", ["163 detained"]),
        ("وقتل سبعة من العاملين في المدينة خلال الشهر.", ["7 killed workers"]),
        ("Of 412 employees, 36 died in the fire and nine were hurt.", ["36 killed", "9 injured"]),
        (
            "The storm left 61 dead, 23 of them children, and 204 injured in the town.",
            ["61 killed", "23 killed children", "204 injured"],
        ),
        ("The displaced numbered 61,000, or 12,000 more than in April.", ["61000 displaced"]),
        ("Two in three of the people who fled were hurt in the town.", []),
        (
            "Neuf officiers de l'armée et deux policiers ont été blessés dans la ville.",
            ["9 injured soldiers", "2 injured police"],
        ),
        (
            "The mission has recorded 61 deaths. Mines caused 12 and shelling 31.",
            ["61 killed", "12 killed", "31 killed"],
        ),
        ("In the town 31 were hurt. Two days earlier it was 12.", ["31 injured", "12 injured"]),
        ("None of the 200 children in the school was injured on the day.", []),
        ("The 40 passengers of the bus were not injured in the crash.", []),
        (
            "They treated 44 wounded, and 12 surgeons operated through the night in the town.",
            ["44 injured"],
        ),
        ("Les 40 passagers du bus n'ont pas été blessés dans le choc.", []),
        ("لم يصب أي من ركاب الحافلة وهم 40 شخصا في هذا الحادث على الطريق.", []),
        ("Au total, 88 détenus sont morts dans le feu et la fumée.", ["88 killed prisoners"]),
        ("Les secours ont dit que 36 ont été identifiés sur les lieux.", []),
        ("وكان 412 عاملا في المصنع عند اندلاع الحريق، وقضى 36 منهم.", ["36 killed workers"]),
        ("وعثر في البيت على جثث امرأة وأطفالها الثلاثة بعد القصف.", ["3 killed children"]),
        (
            "The dead by party: rebels, 51 killed; the army, 29; police, 6; unknown, 11.",
            ["51 killed", "29 killed", "6 killed", "11 killed"],
        ),
        (
            "Morts par auteur : les rebelles, 51 tués ; l'armée, 29 ; la police, 6 dans la ville.",
            ["51 killed", "29 killed"],
        ),
        ("The wounded lay in wards 3 and 12 of the hospital, and in room 7.", []),
        ("Les blessés étaient dans les chambres 3 et 12 de la clinique.", []),
        ("ونقل الجرحى إلى المستشفى في الغرفة 12 من هذا القسم في المدينة.", []),
        ("In ward 12 people died on the day.", ["12 killed"]),
        (
            "In May 63 civilians were killed, including 19 women, the monitor said, which had "
            "counted 41 in April.",
            ["63 killed civilians", "19 killed women", "41 killed civilians"],
        ),
        ("Among the dead were two boys aged 15 and 16 of the town.", ["2 killed children"]),
        ("Parmi les morts, deux garçons âgés de 15 et 16 ans de la ville.", ["2 killed children"]),
        ("أعلن المرصد عن سقوط 43 ضحية في صفوف المدنيين في البلدة.", ["43 killed civilians"]),
    ],
)
def test_whom_a_number_counts(words, expected):
    _, found = read_statements(words, DAY)
    said = [
        " ".join(filter(None, [str(each.number.values[0]), each.harm, each.group]))
        for each in found
        if not each.reason
    ]
    assert said == expected


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        (
            "The governor, Sami Tal, said that five people had died in the town.",
            "The governor, Sami Tal",
        ),
        (
            "So far 3,412 people have been confirmed dead, the agency said on Thursday.",
            "the agency",
        ),
        ("During May the network documented 96 deaths in the area of the town.", "the network"),
        (
            "“We have counted 33 dead,” said Mayor Lena Orban of the town.",
            "Mayor Lena Orban of the town",
        ),
        ("Il y a 26 morts, selon un nouveau bilan communiqué par la préfecture.", "la préfecture"),
        ("قتل 26 شخصا في البلدة وفق حصيلة جديدة أعلنتها المحافظة.", "المحافظة"),
        ("An earlier toll put the number of dead at 12 in the town on the road.", ""),
        ("Un précédent bilan a annoncé 12 morts dans la ville et sur la route.", ""),
    ],
)
def test_who_says_so(words, cited):
    _, found = read_statements(words, DAY)
    assert {each.cited for each in found if not each.reason} == {cited}


TOWN = "in the town and on the road to it"
VILLE = "dans la ville et sur la route"


@pytest.mark.parametrize(
    ("words", "expected"),
    [  # number, cause, actor of each count
        (
            f"Twelve civilians were killed by the regime forces in air strikes {TOWN}, "
            "including three children.",
            ["12 bombardment regime forces", "3 bombardment regime forces"],
        ),
        (
            f"The monitor said that the army killed 12 {TOWN} and rebel groups injured nine.",
            ["12  army", "9  rebel groups"],
        ),
        (f"On Monday 12 were killed by 10 am, the army said {TOWN}.", ["12  "]),
        (
            f"Three were killed under torture by the security services {TOWN} and two were shot "
            "dead in clashes.",
            ["3 torture security services", "2 clashes "],
        ),
        (f"Twelve people were killed by shelling {TOWN}.", ["12 bombardment "]),
        (f"Gunmen attacked a post overnight {TOWN}, killing eleven soldiers.", ["11  "]),
        (f"Twelve people were hurt {TOWN} and three were killed by rebels.", ["12  ", "3  rebels"]),
        (
            f"Douze civils ont été tués par les forces du régime dans des frappes {VILLE}.",
            ["12 bombardment forces du régime"],
        ),
        (f"L'armée a tué 12 personnes {VILLE} et les villages.", ["12  armée"]),
        (f"Douze personnes ont été tuées par des balles {VILLE} et les villages.", ["12 gunfire "]),
        (
            "قتل 12 مدنيا على يد قوات النظام في غارات جوية على المدينة.",
            ["12 bombardment قوات النظام"],
        ),
        ("وقتلت قوات الحكومة 94 مدنيا في المدينة خلال الشهر.", ["94  قوات الحكومة"]),
        (
            "وقال المرصد إن قوات النظام قتلت 12 شخصا تحت التعذيب في المدينة خلال الشهر.",
            ["12 torture قوات النظام"],
        ),
        (
            "الاعتقالات في المدينة: 151 على يد قوات الأمن، و60 على يد الميليشيات المحلية.",
            ["151  قوات الأمن", "60  الميليشيات المحلية"],
        ),
        (
            "قتل 23 شخصا وأصيب 50 آخرون بجروح، في قصف مدفعي لقوات الحكومة على المدينة.",
            ["23 bombardment ", "50 bombardment قوات الحكومة"],
        ),
        (
            f"Of these, 88 were killed by government forces {TOWN} and 24 by rebel shelling.",
            ["88  government forces", "24 bombardment "],
        ),
        (
            f"The monitor verified 299 civilian deaths {TOWN}, 93 percent of them caused by the "
            "government forces.",
            ["299  "],
        ),
    ],
)
def test_cause_and_actor_where_they_are_plain(words, expected):
    _, found = read_statements(words, DAY)
    said = [f"{e.number.values[0]} {e.cause} {e.attributed}" for e in found if not e.reason]
    assert said == expected


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("In the town and on the road 14 people were killed since mid-May.", False),
        ("In the town and on the road 14 people were killed in early May.", False),
        ("In the town and on the road 14 people were killed since May.", True),
        ("Depuis la mi-mai, 14 civils ont été tués dans la ville et sur la route.", False),
        ("Depuis mai, 14 civils ont été tués dans la ville et sur la route.", True),
        ("وقتل 14 شخصا منذ منتصف أيار في المدينة وعلى الطريق.", False),
        ("وقتل 14 شخصا منذ أيار في المدينة وعلى الطريق.", True),
    ],
)
def test_a_part_of_a_month_is_the_outermost_window_and_not_stated(words, stated):
    _, found = read_statements(words, DAY)
    (count,) = [each for each in found if not each.reason]
    assert (str(count.first), count.stated) == ("2031-05-01", stated)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("In the town 14 people were killed in June.", "2031-06-01 2031-06-19"),
        ("Il y a eu 14 morts en juin dans la ville et les villages.", "2031-06-01 2031-06-19"),
        ("وقتل 14 شخصا في حزيران/يونيو في المدينة وعلى الطريق.", "2031-06-01 2031-06-19"),
        ("After 14 people died the vote of 27 June was put off in the town.", "None 2031-06-19"),
    ],
)
def test_no_window_ends_after_publication(words, days):
    _, found = read_statements(words, DAY)
    assert [f"{each.first} {each.last}" for each in found if not each.reason] == [days]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_windows_of_whole_texts_end_by_publication(language):
    seen = 0
    for path in sorted(TEXTS.joinpath(language).glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for later in (0, -1, -20, -200, 3, 40):
            day = date.fromisoformat(gold["published"][:10]) + timedelta(later)
            for each in read_statements(path.read_bytes().decode("utf-8"), day)[1]:
                if not each.reason:
                    assert (each.first or each.last) <= each.last <= day
                    seen += 1
    assert seen > 500


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (
            "The storm has killed 27 people. That was up from 23 on Sunday.",
            ["None 2031-06-19", "None 2031-06-15"],
        ),
        ("The toll of the storm on Tuesday was 14.", ["2031-06-17 2031-06-19"]),
        ("The toll on Tuesday was 14 in the town.", ["None 2031-06-17"]),
        ("On Tuesday the toll of the storm was 14.", ["None 2031-06-17"]),
        ("The number of dead from Monday's quake was 14.", ["2031-06-16 2031-06-19"]),
        ("The quake hit the town on Monday. In it 14 people died.", ["2031-06-16 2031-06-19"]),
        ("Le bilan était mardi de 14 morts dans la ville.", ["None 2031-06-17"]),
        ("وكانت الحصيلة الثلاثاء 14 قتيلا في المدينة وعلى الطريق.", ["None 2031-06-17"]),
        (
            "ضرب الزلزال المنطقة الاثنين وقتل 14 شخصا في المدينة وعلى الطريق.",
            ["2031-06-16 2031-06-16"],
        ),
    ],
)
def test_a_day_is_that_of_an_event_or_of_a_toll(words, days):
    _, found = read_statements(words, DAY)
    assert [f"{each.first} {each.last}" for each in found if not each.reason] == days
