"""Words whose full stop may not end a sentence, by what has to follow if it does."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name or an explanation follows, whatever it begins with.
NEVER = _words(
    """
    mr mrs ms mx messrs mme mlle prof rev hon viz cf vs e.g i.e a.k.a eg ie ph
    sra srta d.h z.b u.a bzw evtl ggf inkl vgl bspw sog hrn sig sig.ra sig.na dott dhr mevr bijv drs np tzn tzw
    т.е т.к напр डॉ श्री प्रो पं
    """
)
# They end a sentence when a word follows that begins one: He, The, They.
BEFORE_NAMES = _words(
    """
    dr drs sr st ste mt ft gen col capt lt maj sgt cmdr adm gov sen rep pres supt insp ald dept univ assn bldg
    ave blvd rd hwy ln sq ph.d m.sc b.sc m.d u.s u.k d.c ee uu ud vd av env str ul pl dra dña fr hr med kath ev röm
    """
)
# They end a sentence unless a number follows.
BEFORE_NUMBERS = _words(
    """
    no nos n° nº № vol vols bk bks fig figs sec secs ch chs chap pp pgs eq eqs art arts par pt ed eds ex op cap ext tel
    ca approx est max min pág págs pag núm nr bd anm abb kap hl aufl св стр рис č čl
    """
)
# They often stand last: they end a sentence when a capital follows.
MAY_END = _words("etc inc ltd co corp bros jr al llc plc usw ecc enz itd itp osv др пр")
# Only with a capital: the cat sat, the sun, no mar.
CALENDAR = _words(
    """
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    """
)
ALL = NEVER | BEFORE_NAMES | BEFORE_NUMBERS | MAY_END | {word.lower() for word in CALENDAR}
# What follows "5 p.m." in the same sentence.
OF_THE_TIME = (
    _words(
        """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Eastern Central Mountain Pacific GMT UTC BST EST EDT CST CDT MST MDT PST
    PDT CET CEST
    """
    )
    | CALENDAR
)
# A number with a stop before these is an ordinal.
OF_ORDINALS = _words(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember
    Jahrhundert Jahrhunderts Jahrhunderte Jahrtausend Klasse Stock Auflage Kapitel Mal Teil Platz
    """
)
# Words that begin sentences and no names.
STARTERS = _words(
    """
    The This That These Those There Then They Their Theirs He She It Its His Her Hers We Our You Your I My
    A An And But Or Nor So Yet For If When While Where Why What Who Whose How Which Because Although Though Since
    Until Unless As At By In On To From With Without Within After Before During Despite Between Among Under Over
    About Against Not No Nobody None Nothing Never Now Once Only One Two Three Some Somebody Someone Something Many
    Most Much More Few Each Every Everyone Everybody Everything All Both Either Neither Another Other Others Such
    Also Even Ever Again Still Perhaps Maybe Indeed Instead However Therefore Thus Hence Moreover Meanwhile Later
    Today Yesterday Tomorrow Soon Finally First Yes Here Let Can Could Would Should Do Does Did Is Are Was Were Has
    Have Had
    Er Sie Es Wir Ich Das Dann Aber Und Niemand Nach Il Elle Ils Elles Et Mais Je Nous Él Ella Ellos Pero Hij Zij
    Он Она Они Это Потом Но
    """
)
# Behind “Why?” a name and one of these go on: “Why?” John asked.
SPEECH = _words(
    """
    said says say asked asks cried cries shouted replied answered whispered murmured muttered exclaimed demanded
    added began called continued declared inquired insisted interrupted laughed yelled screamed snapped sighed
    thought wondered wrote
    """
)
