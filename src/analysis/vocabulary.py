"""The words that figures use, in English and Arabic.

Months are written as Levantine newspapers do, with the other name beside it, and digits are
Western in both languages. Counted nouns have one form for each plural category of CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules).
"""

Both = dict[str, str]

PHRASES: dict[str, Both] = {
    # counts
    "at least": {"en": "at least {low}", "ar": "{low} على الأقل"},
    "range": {"en": "{low} to {high}", "ar": "من {low} إلى {high}"},
    "days": {"en": "{first} to {last}", "ar": "من {first} إلى {last}"},
    "list": {"en": ", ", "ar": "، "},
    "clauses": {"en": "; ", "ar": "؛ "},
    "labelled": {"en": "{label}: {count}", "ar": "{label}: {count}"},
    "of them": {"en": "{label} among them: {count}", "ar": "بينهم {label}: {count}"},
    "derived": {"en": "{count}, not in the text but follows from it",
                "ar": "{count}، غير وارد في النص بل مستنتج منه"},
    "wide": {"en": "loosest reading: {count}", "ar": "أوسع قراءة: {count}"},
    "harmed by": {"en": "{label}, {harm}", "ar": "{label} ({harm})"},
    "windowed": {"en": "{count} ({window})", "ar": "{count} ({window})"},
    # source line
    "source": {"en": "Source: {sources}. Report of {date}{office}.",
               "ar": "المصدر: {sources}. تقرير بتاريخ {date}{office}."},
    "sources": {"en": "Source: {sources}. {number} reports, {date}.",
                "ar": "المصدر: {sources}. عدد التقارير {number}، {date}."},
    "office": {"en": ", {office}", "ar": "، {office}"},
    "uncited": {"en": "none named for {labels}", "ar": "لم يُذكر مصدر لـ: {labels}"},
    "bounds": {"en": "Tightest bounds that the words allow; nothing is estimated.",
               "ar": "أضيق حدود تسمح بها العبارات، من دون أي تقدير."},
    # keys to the drawing
    "key day": {"en": "on this day", "ar": "في هذا اليوم"},
    "key window": {"en": "within these days, which one not said",
                   "ar": "خلال هذه الأيام، من دون تحديد اليوم"},
    "key derived": {"en": "not in the text, follows from it", "ar": "مستنتج من النص"},
    "key wide": {"en": "loosest reading", "ar": "أوسع قراءة"},
    "key band": {"en": "somewhere in here", "ar": "في موضع ما هنا"},
    "key low": {"en": "exactly, or at least, this many by then", "ar": "هذا العدد بالضبط أو على الأقل حتى ذلك اليوم"},
    "key counts": {"en": "adds to the total", "ar": "يدخل في المجموع"},
    "key inside": {"en": "already inside another number", "ar": "داخل في عدد آخر"},
    "key open": {"en": "at least, no upper limit given", "ar": "على الأقل، من دون حد أعلى"},
    "uncounted": {"en": "Also stated, without a number", "ar": "مذكور أيضاً من دون عدد"},
    "since": {"en": "{label}, since {date}", "ar": "{label}، منذ {date}"},
    "anywhere": {"en": "anywhere\nin here", "ar": "في أي موضع\nهنا"},
    "inside": {"en": "inside the {low}", "ar": "ضمن الـ{low}"},
    "persons": {"en": "Persons {harm}", "ar": "عدد {harm}"},
    "cumulative": {"en": "Persons {harm}, cumulative", "ar": "عدد {harm}، تراكمياً"},
    # titles
    "title statements": {
        "en": "{number} counts in the report; {days} of them are for a single day",
        "ar": "الأعداد الواردة في التقرير: {number}، منها ليوم واحد بعينه: {days}"},
    "title over time": {
        "en": "{total} {harm}; the day is certain for {known} of them",
        "ar": "عدد {harm}: {total}؛ واليوم مؤكد لعدد منهم: {known}"},
    "title by party": {"en": "{total} {harm}", "ar": "عدد {harm}: {total}"},
    "title by party civilians": {"en": "{total} {harm}, civilians among them: {civilians}",
                                 "ar": "عدد {harm}: {total}، بينهم من المدنيين: {civilians}"},
    "title ledger": {
        "en": "All numbers added give {naive} {harm}; the report supports {total}",
        "ar": "جمع كل الأعداد يعطي {naive}؛ وما يسنده التقرير من عدد {harm}: {total}"},
    "title ledger same": {
        "en": "The numbers support {total} {harm}; none is counted twice",
        "ar": "ما تسنده الأعداد من عدد {harm}: {total}، من دون تكرار"},
    "title sources": {"en": "Persons {harm}, by source and party",
                      "ar": "عدد {harm} بحسب المصدر والطرف"},
    # subtitles
    "sub statements": {"en": "Each bar is one number over the days that its words allow.",
                       "ar": "كل شريط عدد واحد يمتد على الأيام التي تسمح بها العبارة."},
    "sub over time": {
        "en": "Persons {harm} up to the end of each day, since the first day that a count covers.",
        "ar": "عدد {harm} حتى نهاية كل يوم، منذ أول يوم يشمله العدد."},
    "sub by party": {"en": "Persons {harm}. Children, women and other parts are inside the bar of "
                     "their party.",
                     "ar": "عدد {harm}. الأطفال والنساء وسواهم محسوبون داخل شريط طرفهم."},
    "sub ledger": {"en": "Every number that the text gives, and what it adds to the total.",
                   "ar": "كل عدد يورده النص، وما يضيفه إلى المجموع."},
    "adds": {"en": "adds {count}", "ar": "يضيف {count}"},
    "adds nothing": {"en": "adds 0", "ar": "يضيف 0"},
    "supported": {"en": "Supported", "ar": "ما يسنده النص"},
    "naive": {"en": "All added", "ar": "جمع كل الأعداد"},
    # alt texts
    "alt statements": {
        "en": "Timeline from {first} to {last}. {rows}.", "ar": "خط زمني من {first} إلى {last}. {rows}."},
    "alt over time": {
        "en": "Stepped bands of the cumulative number {harm}, by day. {rows}.",
        "ar": "مساحات متدرجة لعدد {harm} التراكمي بحسب اليوم. {rows}."},
    "alt by party": {"en": "Horizontal bars of the number {harm}. {rows}.",
                     "ar": "أشرطة أفقية لعدد {harm}. {rows}."},
    "alt ledger": {"en": "List of numbers, each with a bar to scale. {rows}. Total: {total}.",
                   "ar": "قائمة أعداد مع شريط بمقياس لكل منها. {rows}. المجموع: {total}."},
    "alt bounds": {"en": "{label}: {count} by the end of {date}",
                   "ar": "{label}: {count} حتى نهاية {date}"},
}

REASONS: dict[str, Both] = {
    "counted": {"en": "counts", "ar": "يُحتسب"},
    "told again": {"en": "told again", "ar": "مكرر"},
    "part of a larger tally": {"en": "part of:", "ar": "جزء من:"},
    "inside a larger count": {"en": "inside", "ar": "ضمن"},
    "derived from other counts": {"en": "derived", "ar": "مستنتج"},
    "overlaps another count": {"en": "overlaps", "ar": "يتداخل"},
    "partly inside another count": {"en": "partly inside", "ar": "بعضه ضمن"},
}

HARMS: dict[str, Both] = {
    "killed": {"en": "killed", "ar": "القتلى"},
    "injured": {"en": "injured", "ar": "الجرحى"},
    "displaced": {"en": "displaced", "ar": "النازحين"},
    "evacuated": {"en": "evacuated", "ar": "من تم إجلاؤهم"},
    "missing": {"en": "missing", "ar": "المفقودين"},
    "captured": {"en": "captured", "ar": "الأسرى"},
    "executed": {"en": "executed", "ar": "من أُعدموا"},
}

SOURCES: dict[str, Both] = {
    "SOHR": {"en": "Syrian Observatory for Human Rights (SOHR)",
             "ar": "المرصد السوري لحقوق الإنسان (SOHR)"},
    "OCHA": {"en": "UN OCHA", "ar": "مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية (OCHA)"},
}
"""Full names of monitors; any other source is shown as the dataset writes it."""

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
    "Aim": {"en": "Stated aim", "ar": "هدف معلن"},
    "Background": {"en": "Background", "ar": "خلفية"},
}

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
    "heading over_time": {"en": "How many over time", "ar": "كم عددهم مع مرور الأيام"},
    "heading by_party": {"en": "How many by party", "ar": "كم عددهم بحسب الطرف"},
    "heading ledger": {"en": "From the numbers in the text to the total",
                       "ar": "من أعداد النص إلى المجموع"},
    "heading counting": {"en": "What counts, and why", "ar": "ما الذي يُحتسب ولماذا"},
    "heading statements table": {"en": "Every statement and where it stands",
                                 "ar": "كل عبارة وموضعها"},
    "heading method": {"en": "Method and limits", "ar": "المنهج وحدوده"},
    "heading citing": {"en": "How to cite", "ar": "كيفية الإشارة إلى المصدر"},
    "table counting": {"en": "What each number adds to the total", "ar": "ما يضيفه كل عدد إلى المجموع"},
    "table statements": {"en": "All statements, in the order of the dataset",
                         "ar": "جميع العبارات بترتيب البيانات"},
    "column counted people": {"en": "Who", "ar": "مَن"},
    "column number": {"en": "Number", "ar": "العدد"},
    "column counts": {"en": "Adds", "ar": "يضيف"},
    "column why": {"en": "Why", "ar": "لماذا"},
    "column what": {"en": "What", "ar": "ماذا"},
    "column days": {"en": "Days", "ar": "الأيام"},
    "column reading": {"en": "Reading", "ar": "القراءة"},
    "column paragraph": {"en": "Paragraph", "ar": "الفقرة"},
    "column characters": {"en": "Characters", "ar": "موضع الأحرف"},
    "column source": {"en": "Source", "ar": "المصدر"},
    "column note": {"en": "Coder's note", "ar": "ملاحظة المُرمِّز"},
    "primary": {"en": "narrow", "ar": "ضيقة"},
    "wide": {"en": "loosest", "ar": "الأوسع"},
    "positions": {
        "en": "Paragraphs are counted from 1, the headline being the first; characters from 0 over "
        "the whole text. An empty source means that the report cites nobody.",
        "ar": "تُعد الفقرات من 1 والعنوان أولها، والأحرف من 0 في كامل النص. وخلو خانة المصدر يعني أن "
        "التقرير لا يذكر أحداً."},
    "method 1": {
        "en": "Each statement was coded by hand with the widest span of days that its words allow. "
        "A total binds from both sides; some people harmed within a span bind from below only; "
        "at least has no upper limit.",
        "ar": "رُمّزت كل عبارة يدوياً مع أوسع مدى من الأيام تسمح به كلماتها. المجموع يقيّد العدد من "
        "الجهتين، أما ذكر بعض الضحايا ضمن مدى فيقيّده من الأسفل فقط، و«على الأقل» لا حد أعلى لها."},
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
"""What the page says."""
