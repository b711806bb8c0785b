"""What the page says besides its figures, in English and Arabic."""

from analysis.language.vocabulary import Both

PAGE: dict[str, Both] = {
    "question": {"en": "How many people does the report count, when, and of which party?",
                 "ar": "كم شخصاً يحصي التقرير، ومتى، ومن أي طرف؟"},
    "caveat": {
        "en": "These are the numbers that the cited sources gave by the day of publication, not the "
        "number of people harmed. Where the words leave a number open, it stays open.",
        "ar": "هذه أعداد أوردتها المصادر المذكورة حتى يوم النشر، وليست العدد الفعلي للضحايا. وحيث تترك "
        "العبارة العدد مفتوحاً يبقى مفتوحاً."},
    "files": {"en": "Files:", "ar": "الملفات:"},
    "heading statements": {"en": "What is stated", "ar": "ما يرد في التقرير"},
    "heading over_time": {"en": "How many by the end of each day", "ar": "العدد يوماً بيوم"},
    "heading by_party": {"en": "How many by party", "ar": "العدد بحسب الطرف"},
    "heading ledger": {"en": "From the numbers in the text to the total",
                       "ar": "من أعداد النص إلى المجموع"},
    "heading known_when": {"en": "What was known when", "ar": "ما كان معروفاً ومتى"},
    "heading sources": {"en": "The sources side by side", "ar": "المصادر جنباً إلى جنب"},
    "heading standing_still": {"en": "A number that stands still", "ar": "عدد لا يتغير"},
    "heading beside": {"en": "Beside another dataset", "ar": "مقارنة بمجموعة بيانات أخرى"},
    "heading others": {"en": "What other pages reported in these days",
                       "ar": "ما أوردته صفحات أخرى في هذه الأيام"},
    "others": {
        "en": "Pages coded: {pages}, published {days}; most pass on the numbers of the same "
        "source. Copies of one count are counted once, and sources are never added.",
        "ar": "عدد الصفحات المرمّزة: {pages}، نُشرت {days}، ومعظمها ينقل أعداد المصدر نفسه. "
        "تُحتسب نسخ العدد الواحد مرة واحدة، ولا تُجمع أعداد مصادر مختلفة."},
    "heading disputed": {"en": "Where a source contradicts itself", "ar": "حين تتناقض أعداد المصدر نفسه"},
    "disputed": {
        "en": "Numbers given under one source's name that cannot both be true. Those marked are set "
        "aside: they are in no figure and no total, and nothing is averaged.",
        "ar": "أعداد منسوبة إلى مصدر واحد لا يمكن أن تصح معاً. ما أُشير إليه منها مستبعد، فلا يدخل في أي "
        "رسم أو مجموع، ولا يُؤخذ أي متوسط."},
    "reading aside": {"en": "set aside", "ar": "مستبعد"},
    "heading pages": {"en": "The pages", "ar": "الصفحات"},
    "heading counting": {"en": "What counts, and why", "ar": "ما الذي يُحتسب ولماذا"},
    "heading statements table": {"en": "Every statement and where it stands",
                                 "ar": "كل عبارة وموضعها"},
    "heading method": {"en": "Method and limits", "ar": "المنهج وحدوده"},
    "heading citing": {"en": "How to cite", "ar": "كيفية الإشارة إلى المصدر"},
    "table counting": {"en": "What each number adds to the total", "ar": "ما يضيفه كل عدد إلى المجموع"},
    "table statements": {"en": "All statements, in the order of the dataset",
                         "ar": "جميع العبارات بترتيب البيانات"},
    "table others": {"en": "Each source's numbers, counted once and added up",
                     "ar": "أعداد كل مصدر، من دون تكرار ومجموعةً كلها"},
    "table disputed": {"en": "Statements that contradict each other", "ar": "عبارات متناقضة"},
    "table pages": {"en": "All pages, by day of publication", "ar": "جميع الصفحات بحسب يوم النشر"},
    "column counted once": {"en": "Counted once", "ar": "من دون تكرار"},
    "column all added": {"en": "All numbers added", "ar": "جمع كل الأعداد"},
    "column page": {"en": "Page", "ar": "الصفحة"},
    "column published": {"en": "Published", "ar": "تاريخ النشر"},
    "column published by": {"en": "Publisher", "ar": "الناشر"},
    "column status": {"en": "Status", "ar": "الوضع"},
    "column counted people": {"en": "Who", "ar": "الفئة"},
    "column number": {"en": "Number", "ar": "العدد"},
    "column counts": {"en": "Adds", "ar": "يضيف"},
    "column why": {"en": "Why", "ar": "السبب"},
    "column what": {"en": "What", "ar": "الواقعة"},
    "column days": {"en": "Days", "ar": "الأيام"},
    "column reading": {"en": "Reading", "ar": "القراءة"},
    "column paragraph": {"en": "Paragraph", "ar": "الفقرة"},
    "column characters": {"en": "Characters", "ar": "موضع الأحرف"},
    "column source": {"en": "Source", "ar": "المصدر"},
    "column note": {"en": "Coder's note", "ar": "ملاحظة المُرمِّز"},
    "reading corrected": {"en": "corrected later", "ar": "صُحّح لاحقاً"},
    "reading primary": {"en": "narrow", "ar": "الأضيق"},
    "reading wide": {"en": "loosest", "ar": "الأوسع"},
    "positions": {
        "en": "Paragraphs are counted from 1, the headline being the first; characters from 0 over the whole text. A number without a source is one for which the report cites nobody.",
        "ar": "تُعد الفقرات من 1 والعنوان أولها، والأحرف من 0 في كامل النص. والعدد الذي لا مصدر له هو ما لا ينسبه التقرير إلى أحد.",
    },
    "method 1": {
        "en": "Each statement was coded by hand, with machine help, with the widest span of days that its words allow. A total binds from both sides; some people harmed within a span bind from below only; at least has no upper limit.",
        "ar": "رُمّزت كل عبارة يدوياً وبمساعدة آلية مع أوسع مدى من الأيام تسمح به كلماتها. المجموع يقيّد العدد من الجهتين، أما ذكر بعض الضحايا ضمن مدى فيقيّده من الأسفل فقط، و«على الأقل» لا حد أعلى لها.",
    },
    "method 2": {
        "en": "From all statements together follow the tightest bounds for every day, in whole "
        "numbers. Running totals, repeats and parts such as children are already inside and are "
        "counted once. Nothing is estimated, averaged or spread over days.",
        "ar": "ومن العبارات مجتمعة تنتج أضيق الحدود لكل يوم بأعداد صحيحة. المجاميع المتراكمة والمكررات "
        "والأجزاء كالأطفال محسوبة أصلاً ولا تُعد إلا مرة واحدة. لا شيء مقدَّر أو موزع على الأيام."},
    "method 3": {
        "en": "Where words can be read in two ways, the narrow grammatical reading is drawn and "
        "the loosest defensible one stands behind it. Counts of different sources are never added.",
        "ar": "وحيث تحتمل الكلمات قراءتين تُرسم القراءة اللغوية الضيقة وتظهر خلفها أوسع قراءة يمكن الدفاع "
        "عنها. ولا تُجمع أعداد مصادر مختلفة."},
    "method 4": {
        "en": "The bounds are as good as the report and its coding. They say nothing of deaths "
        "that no source counted, and nobody is shown as responsible where the words name nobody.",
        "ar": "جودة الحدود من جودة التقرير وترميزه. فهي لا تقول شيئاً عن وفيات لم يحصها أي مصدر، ولا "
        "يُنسب فعل إلى أحد حيث لا تسمي العبارة أحداً."},
    "cite": {
        "en": "Cite the report and its source for the numbers, and Casualty analysis (bounds on "
        "casualties from the wording of news reports, version 0.1.0) for the bounds.",
        "ar": "يُشار إلى التقرير ومصدره في الأعداد، وإلى مشروع «تحليل الخسائر البشرية: حدود مستخلصة من عبارات التقارير "
        "الإخبارية»، الإصدار 0.1.0، في الحدود."},
    "made from": {"en": "Made from these files (name, start of SHA-256):",
                  "ar": "أُعدت من هذه الملفات (الاسم وبداية SHA-256):"},
}
