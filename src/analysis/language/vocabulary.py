"""The terms that figures use, in English and Arabic: harms, groups, causes, sources, events."""

Both = dict[str, str]
"""The same in each language, by its code."""

REASONS: dict[str, Both] = {
    "counted": {"en": "counts", "ar": "يُحتسب"},
    "told again": {"en": "told again", "ar": "مكرر"},
    "part of a larger tally": {"en": "part of:", "ar": "ضمن بند:"},
    "inside a larger count": {"en": "inside", "ar": "ضمن"},
    "derived from other counts": {"en": "derived, inside", "ar": "مستنتج، وهو ضمن"},
    "overlaps another count": {"en": "overlaps", "ar": "يتداخل"},
    "partly inside another count": {"en": "partly inside", "ar": "بعضه ضمن"},
}

HARMS: dict[str, Both] = {
    "killed": {"en": "killed", "ar": "القتلى"},
    "injured": {"en": "injured", "ar": "الجرحى"},
    "displaced": {"en": "displaced", "ar": "النازحين"},
    "evacuated": {"en": "evacuated", "ar": "من أُجلوا"},
    "missing": {"en": "missing", "ar": "المفقودين"},
    "captured": {"en": "captured", "ar": "الأسرى"},
    "executed": {"en": "executed", "ar": "من أُعدموا"},
}

GROUPS: dict[str, Both] = {
    "children": {"en": "children", "ar": "الأطفال"},
    "women": {"en": "women", "ar": "النساء"},
    "women and children": {"en": "women and children", "ar": "النساء والأطفال"},
    "men": {"en": "men", "ar": "الرجال"},
}
"""Groups of people; any other is shown by the name of its tally."""

CAUSES: dict[str, Both] = {
    "bombardment": {"en": "bombardment", "ar": "قصف"},
    "clashes": {"en": "clashes", "ar": "اشتباكات"},
    "gunfire": {"en": "gunfire", "ar": "إطلاق نار"},
    "execution": {"en": "execution", "ar": "إعدام"},
}

SOURCES: dict[str, Both] = {
    "SOHR": {"en": "Syrian Observatory for Human Rights (SOHR)",
             "ar": "المرصد السوري لحقوق الإنسان (SOHR)"},
    "OCHA": {"en": "UN OCHA", "ar": "مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية (OCHA)"},
    "UCDP": {"en": "Uppsala Conflict Data Program (UCDP)",
             "ar": "برنامج أوبسالا لبيانات النزاعات (UCDP)"},
    "Daraa Martyrs Documentation Office": {"en": "Daraa Martyrs Documentation Office",
                                           "ar": "مكتب توثيق الشهداء في درعا"},
    "local news sources": {"en": "local news sources", "ar": "مصادر إخبارية محلية"},
}
"""Full names of monitors; any other source is shown as the dataset writes it.
"""

SHORT_SOURCES: dict[str, Both] = SOURCES | {
    "SOHR": {"en": "SOHR", "ar": "المرصد"},
    "OCHA": {"en": "OCHA", "ar": "أوتشا"},
    "UCDP": {"en": "UCDP", "ar": "برنامج أوبسالا"},
    "Daraa Martyrs Documentation Office": {"en": "Daraa Martyrs Documentation Office",
                                           "ar": "مكتب توثيق الشهداء"},
}
"""What stands beside a number: the name by which newspapers speak of it again."""

EVENT_TYPES: dict[str, Both] = {
    "Air/drone strike": {"en": "Air raids", "ar": "غارات جوية"},
    "Shelling/artillery/missile attack": {"en": "Shelling", "ar": "قصف مدفعي أو صاروخي"},
    "Armed clash": {"en": "Clashes", "ar": "اشتباكات"},
    "Attack": {"en": "Attack", "ar": "هجوم"},
    "Government regains territory": {"en": "Territory regained", "ar": "استعادة أراضٍ"},
    "Agreement": {"en": "Agreements", "ar": "اتفاقات"},
    "Bombardment": {"en": "Bombardment", "ar": "قصف"},
    "Offensive": {"en": "Offensive", "ar": "عملية عسكرية"},
    "Evacuation": {"en": "Evacuation", "ar": "إجلاء"},
    "Evacuation arrival": {"en": "Arrival of evacuees", "ar": "وصول من أُجلوا"},
    "Aim": {"en": "Stated aim", "ar": "هدف معلن"},
    "Background": {"en": "Background", "ar": "خلفية"},
}
