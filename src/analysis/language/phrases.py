"""The phrases that figures write, in English and Arabic, with gaps for counts, days and names.

Months are written as Levantine newspapers do, with the other name beside it, and digits are
Western in both languages. Counts stand after a colon where they can, so that no noun has to agree
with a number.
"""

from analysis.language.vocabulary import Both

PHRASES: dict[str, Both] = {
    # counts
    "at least": {"en": "at least {low}", "ar": "{low} على الأقل"},
    "range": {"en": "{low} to {high}", "ar": "بين {low} و{high}"},
    "days": {"en": "{first} to {last}", "ar": "من {first} إلى {last}"},
    "up to": {"en": "up to {date}", "ar": "حتى {date}"},
    "list": {"en": ", ", "ar": "، "},
    "clauses": {"en": "; ", "ar": "؛ "},
    "labelled": {"en": "{label}: {count}", "ar": "{label}: {count}"},
    "of them": {"en": "{label} among them: {count}", "ar": "بينهم {label}: {count}"},
    "derived": {"en": "{count}, not in the text but follows from it",
                "ar": "{count}، غير وارد في النص بل مستنتج منه"},
    "wide": {"en": "loosest reading: {count}", "ar": "أوسع تفسير للنص: {count}"},
    "harmed by": {"en": "{label}, {harm}", "ar": "{harm}: {label}"},
    "told by": {"en": "{count}, in {number} reports", "ar": "{count}، عدد التقارير: {number}"},
    "windowed": {"en": "{count} ({window})", "ar": "{count} ({window})"},
    # source line
    "source": {
        "en": "Source: {sources}, cited in a news report of {date}{office}{known}.",
        "ar": "المصدر: {sources}، كما ورد في تقرير إخباري بتاريخ {date}{office}{known}.",
    },
    "sources": {
        "en": "Source: {sources}, cited in {number} reports, {date}{known}.",
        "ar": "المصدر: {sources}، كما ورد في تقارير عددها {number}، {date}{known}.",
    },
    "as published": {"en": ", as published by {date}", "ar": "، بحسب ما نُشر حتى {date}"},
    "office": {"en": ", {office}", "ar": "، {office}"},
    "no source": {"en": "no source named", "ar": "من دون ذكر مصدر"},
    "uncited": {"en": "no source named for {labels}", "ar": "من دون ذكر مصدر: {labels}"},
    "bounds": {
        "en": "Sums and bounds worked out from the wording; nothing is estimated.",
        "ar": "المجاميع والحدود مستخلصة من النصوص، من دون أي تقدير.",
    },
    "source beside": {
        "en": "Beside it: {sources}, events dated {days}.",
        "ar": "وللمقارنة: {sources}، أحداث مؤرخة {days}.",
    },
    # keys to the drawing
    "key day": {"en": "on this day", "ar": "في هذا اليوم"},
    "key window": {"en": "within these days, which one not said",
                   "ar": "خلال هذه الأيام، من دون تحديد اليوم"},
    "key open": {"en": "first day not given", "ar": "من دون ذكر أول يوم"},
    "key derived": {"en": "not in the text, follows from it", "ar": "مستنتج من النص"},
    "key wide": {"en": "loosest reading", "ar": "أوسع تفسير للنص"},
    "key total": {"en": "stated total since the start", "ar": "مجموع معلن منذ البداية"},
    "key part": {"en": "stated total of a part", "ar": "مجموع معلن لجزء من الفئة"},
    "key days": {"en": "stated for these days alone, no running total",
                 "ar": "عدد معلن لهذه الأيام وحدها، لا مجموع متراكم"},
    "key earlier": {"en": "limits known by the date before",
                    "ar": "الحدود المعروفة حتى التاريخ السابق"},
    "key band": {"en": "somewhere in here", "ar": "العدد ضمن هذا النطاق"},
    "key low": {
        "en": "exactly this many, or with an arrow at least",
        "ar": "هذا العدد بالضبط، أو مع سهم: على الأقل",
    },
    "key counts": {"en": "adds to the total", "ar": "يدخل في المجموع"},
    "key inside": {"en": "already inside another number", "ar": "داخل في عدد آخر"},
    "key other": {
        "en": "greatest and least sum of the events compared, a circle: both",
        "ar": "أعلى وأدنى مجموع للأحداث المقارَنة، والدائرة: كلاهما",
    },
    "key verdict inside": {"en": "day: inside the bounds", "ar": "اليوم: ضمن الحدود"},
    "key verdict open": {"en": "undecided", "ar": "غير محسوم"},
    "key verdict outside": {"en": "outside", "ar": "خارج الحدود"},
    "uncounted": {"en": "Also stated, without a number", "ar": "وقائع أخرى وردت بلا أعداد"},
    "not stated": {"en": "not stated", "ar": "غير محدد"},
    "since": {"en": "{label}, since {date}", "ar": "{label}، منذ {date}"},
    # titles
    "title statements": {
        "en": "Counts in the report: {number}, for a single day: {days}",
        "ar": "الأعداد الواردة في التقرير: {number}، {days} منها ليوم محدد",
    },
    "title statements several": {
        "en": "Counts in {reports} reports: {number}, for a single day: {days}",
        "ar": "الأعداد الواردة في تقارير عددها {reports}: {number}، {days} منها ليوم محدد",
    },
    "title over time": {
        "en": "{total} {harm}; the day is certain for {known} of them",
        "ar": "عدد {harm}: {total}؛ اليوم محدد لـ{known} منهم فقط",
    },
    "title known change": {
        "en": "{label}, {harm} up to {day}: {before} as known by {first}, {after} by {last}",
        "ar": "{harm} حتى {day}، {label}: {before} بحسب ما عُرف حتى {first}، و{after} بحسب ما عُرف حتى {last}",
    },
    "title known": {"en": "Persons {harm}: what was known by {dates}",
                    "ar": "عدد {harm}: ما عُرف حتى {dates}"},
    "title chosen": {
        "en": "{total} {harm} in the counts shown; the day is certain for {known} of them",
        "ar": "عدد {harm} في البنود المعروضة: {total}؛ اليوم محدد لـ{known} منهم فقط",
    },
    "title shared": {
        "en": "Persons {harm}; these counts can have people in common",
        "ar": "عدد {harm}؛ قد يُحسب الشخص نفسه في أكثر من عدد منها",
    },
    "title by party": {"en": "{total} {harm}", "ar": "عدد {harm}: {total}"},
    "title by party civilians": {
        "en": "{total} {harm}, civilians among them: {civilians}",
        "ar": "عدد {harm}: {total}، منهم {civilians} من المدنيين",
    },
    "title ledger": {
        "en": "All numbers added give {naive} {harm}; counted once they are {total}",
        "ar": "جمع الأعداد كلها يعطي {naive}؛ وعدد {harm} من دون تكرار: {total}",
    },
    "title ledger same": {
        "en": "The numbers add up to {total} {harm}; none is counted twice",
        "ar": "عدد {harm}: {total}، ولا أحد محسوب مرتين",
    },
    "title sources": {"en": "Persons {harm}, by source and party",
                      "ar": "عدد {harm} بحسب المصدر والطرف"},
    "title beside": {
        "en": "{other}: {outside} of {compared} daily comparisons outside the bounds, {open} undecided, {inside} inside",
        "ar": "المقارنات اليومية مع {other}: {compared}، منها خارج الحدود: {outside}، وضمنها: {inside}، وغير محسومة: {open}",
    },
    "other source": {"en": "the other source", "ar": "المصدر الآخر"},
    "beside counts": {"en": "bounds: {own}; events: {other}", "ar": "الحدود: {own}؛ الأحداث: {other}"},
    "beside days": {
        "en": "days inside: {inside}, undecided: {open}, outside: {outside}",
        "ar": "أيام ضمن الحدود: {inside}، غير محسومة: {open}، خارجها: {outside}",
    },
    "beside none": {"en": "the bounds say nothing on any of these days",
                    "ar": "لا حدود معروفة في أي من هذه الأيام"},
    "why outside": {
        "en": "Why the two can differ: an event dated to several days counts whole, in the greatest sum from its first day and in the least from its last; what is left of a running total can be coded as one event; a running total can have begun later than the first day that its words allow; places and parties need not be the same; and sources correct themselves.",
        "ar": "أسباب محتملة للاختلاف: الحدث الممتد على أيام عدة يُحسب كاملاً، في المجموع الأكبر منذ يومه الأول وفي الأصغر منذ يومه الأخير؛ وقد يُسجَّل ما يتبقى من حصيلة متراكمة حدثاً واحداً؛ وقد تكون الحصيلة بدأت بعد أول يوم يحتمله النص؛ وقد لا تتطابق الأماكن والأطراف؛ كما أن المصادر تصحح أرقامها.",
    },
    # subtitles
    "sub statements": {
        "en": "Each bar is one number over the days that its words allow.",
        "ar": "يمثل كل شريط عدداً واحداً، ويمتد على الأيام التي يحتملها النص.",
    },
    "sub over time": {
        "en": "Persons {harm} up to the end of each day, since the first day that a count covers.",
        "ar": "عدد {harm} حتى نهاية كل يوم، منذ أول يوم يشمله العدد."},
    "sub known when": {
        "en": "Persons {harm} up to the end of each day, from what was published by each date. "
        "Blank: nothing known yet, which is not zero.{loosest}",
        "ar": "عدد {harm} حتى نهاية كل يوم، بحسب ما نُشر حتى كل تاريخ. الفراغ يعني أنه لم يُعرف شيء بعد، ولا يعني صفراً.{loosest}",
    },
    "in the loosest": {"en": " Loosest reading of the range in the title: {count}.",
                       "ar": " أوسع تفسير للعدد الوارد في العنوان: {count}."},
    "known by": {"en": "Known by {date}", "ar": "ما عُرف حتى {date}"},
    "nothing yet": {"en": "nothing known yet", "ar": "لا شيء معروف بعد"},
    "count by": {"en": "{count} up to {date}", "ar": "{count} حتى {date}"},
    "sub by party": {
        "en": "Persons {harm}. Parts of a party, such as children, are inside its bar.",
        "ar": "عدد {harm}. الفئات الجزئية، كالأطفال، محسوبة ضمن طرفها.",
    },
    "sub ledger": {
        "en": "Every count of people {harm} in the text, and what it adds to the total.",
        "ar": "كل عدد يورده النص من {harm}، وما يضيفه إلى المجموع.",
    },
    "sub beside": {
        "en": "Persons {harm} since the first day that a count covers. Bands: {own}, bounds in the narrow reading. Black lines: {other}, sum of events by the end of each day. Each panel has its own scale.",
        "ar": "عدد {harm} منذ أول يوم يشمله العدد. المساحات: {own}، حدود بحسب التفسير الأضيق للنص. الخطوط السوداء: {other}، مجموع الأحداث حتى نهاية كل يوم. لكل رسم مقياسه الخاص.",
    },
    "adds": {"en": "adds {count}", "ar": "يضيف {count}"},
    "supported": {"en": "Counted once", "ar": "من دون تكرار"},
    "naive": {"en": "All numbers added", "ar": "جمع كل الأعداد"},
    # sources side by side
    "unnamed source": {"en": "an unnamed source", "ar": "مصدر غير مسمى"},
    "on day": {"en": "{count} on {window}", "ar": "{count} في {window}"},
    "among": {"en": "{count} with {inside} among them", "ar": "{count}، بينهم {inside}"},
    "contradicts": {"en": "contradicts {others}", "ar": "يتناقض مع {others}"},
    "room": {
        "en": "{others}. {source}: room for at most {most}, given {because}.",
        "ar": "{others}. {source}: لا مجال لأكثر من {most}، بناءً على {because}.",
    },
    "silent": {"en": "No count for these days: {sources}.", "ar": "لا عدد لهذه الأيام لدى: {sources}."},
    "key certain": {"en": "at least so many", "ar": "هذا العدد على الأقل"},
    "key possible": {"en": "possibly up to here", "ar": "وقد يصل العدد إلى هنا"},
    "title side by side": {"en": "{label} {harm}: no contradiction between sources in the days shown",
                           "ar": "عدد {harm} ({label}): لا تناقض بين المصادر في الأيام المعروضة"},
    "title side by side against": {"en": "{label} {harm}: sources contradict each other",
                                   "ar": "عدد {harm} ({label}): المصادر متناقضة"},
    "title side by side pair": {
        "en": "{label} {harm}, {window}: {other} states {count}, {limiting} leaves room for {most} at most",
        "ar": "عدد {harm} ({label})، {window}: {count} بحسب {other}، ولا مجال لأكثر من {most} بحسب {limiting}",
    },
    "title side by side one": {
        "en": "{label} {harm}: sources contradict each other in 1 of {windows} periods",
        "ar": "عدد {harm} ({label}): المصادر متناقضة في فترة واحدة، وعدد الفترات {windows}",
    },
    "title side by side some": {
        "en": "{label} {harm}: sources contradict each other in {number} of {windows} periods",
        "ar": "عدد {harm} ({label}): الفترات التي تتناقض فيها المصادر {number} من {windows}",
    },
    "sub side by side": {
        "en": "How many each source's own statements allow for these days.",
        "ar": "العدد الذي تحتمله عبارات كل مصدر في هذه الأيام.",
    },
    "sub side by side against": {
        "en": "A dashed line runs from the most that one source allows to the count that exceeds it.",
        "ar": "يمتد الخط المتقطع من أقصى ما يحتمله مصدر إلى العدد الذي يتجاوزه.",
    },
    "sub side by side cause": {"en": "Cause: {cause}.", "ar": "السبب: {cause}."},
    "sub side by side wide": {"en": "Loosest reading.", "ar": "أوسع تفسير للنص."},
    "note sources": {
        "en": "Sources may mean different areas or days, and an earlier total may lack dead who were found later.",
        "ar": "قد تعني المصادر مناطق أو أياماً مختلفة، وقد تنقص حصيلة سابقة قتلى عُثر عليهم لاحقاً.",
    },
    "note sources against": {"en": "A contradiction is shown here, not resolved.",
                             "ar": "التناقض معروض هنا كما هو، من دون ترجيح."},
    # a number that stands still
    "title standing": {
        "en": "{label} {harm}: first {first}, then {last}; {group} among them: still {count}",
        "ar": "عدد {harm} ({label}): {first} ثم {last}؛ {group} بينهم: {count} في كل مرة",
    },
    "sub standing": {
        "en": "Statements in the order of their last day, not all of the same days; between them, by how much the numbers differ.",
        "ar": "الأعداد مرتبة بحسب آخر يوم تشمله، ولا تشمل كلها الأيام نفسها؛ وبينها الفارق بين كل عدد وما قبله.",
    },
    "inside": {"en": "{count}; {group} among them: {part}", "ar": "{count}؛ {group} بينهم: {part}"},
    "in all": {"en": "{count} in all", "ar": "المجموع {count}"},
    "key whole": {"en": "all of them", "ar": "المجموع"},
    "key group": {"en": "among them: {groups}", "ar": "بينهم: {groups}"},
    "rise": {"en": "+{whole}, {group} +{part}", "ar": "الفارق: {whole}، {group} بينهم: {part}"},
    "note standing": {
        "en": "Either nobody of the group was among those added, or its number was not brought up to date; the words do not say which.",
        "ar": "إما أنه لم يكن بين من أُضيفوا أحد من هذه الفئة، وإما أن عددها لم يُحدَّث؛ والنص لا يوضح أيهما.",
    },
    # alt texts
    "alt side by side": {"en": "Horizontal bars, one a source. {rows}.", "ar": "شريط أفقي لكل مصدر. {rows}."},
    "alt standing": {
        "en": "Horizontal bars, the group inside its whole; its edge stands still. {rows}.",
        "ar": "أشرطة أفقية، والفئة داخل المجموع؛ حدّها ثابت. {rows}.",
    },
    "alt statements": {
        "en": "Timeline from {first} to {last}. {rows}.", "ar": "خط زمني من {first} إلى {last}. {rows}."},
    "alt over time": {
        "en": "Stepped bands of the cumulative number {harm}, by day. {rows}.",
        "ar": "مساحات متدرجة لعدد {harm} التراكمي بحسب اليوم. {rows}."},
    "alt by party": {"en": "Horizontal bars of the number {harm}. {rows}.",
                     "ar": "أشرطة أفقية لعدد {harm}. {rows}."},
    "alt ledger": {
        "en": "List of numbers, each with a bar to scale. {rows}. Total: {total}.",
        "ar": "قائمة أعداد، مع كل منها شريط متناسب مع العدد. {rows}. المجموع: {total}.",
    },
    "alt beside": {
        "en": "Stepped bands of the cumulative number {harm}, by day, with two stepped lines of the events compared. {rows}.",
        "ar": "مساحات متدرجة لعدد {harm} التراكمي بحسب اليوم، وفوقها خطان متدرجان للأحداث المقارَنة. {rows}.",
    },
    "alt beside row": {"en": "{label}, by {date}: {counts} ({days})", "ar": "{label} حتى {date}: {counts} ({days})"},
    "alt outside": {"en": "{days}, on {windows}", "ar": "{days}، وهي {windows}"},
    "alt known when": {
        "en": "Stepped bands of the cumulative number {harm}, by day, once for each date of knowledge. {rows}.",
        "ar": "مساحات متدرجة لعدد {harm} التراكمي بحسب اليوم، مرة لكل تاريخ معرفة. {rows}."},
    "alt marks": {"en": "Statements marked: {rows}.", "ar": "الأعداد المعلنة المبيّنة: {rows}."},
    "alt bounds": {"en": "{label}: {count} up to {date}", "ar": "{label}: {count} حتى {date}"},
}
