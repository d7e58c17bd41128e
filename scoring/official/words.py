"""What LinkedIn's page calls things in English, Polish and Italian, as patterns over plain words.

Plain words are small letters without accents (`plain_words`), a line of the page a line. The exact words of
the page are nowhere published and change without notice, so every plausible form of a name is accepted.
"""

import unicodedata

_BLANK = r"[^\S\n]+"
_GAP = r"\s+"

_INDUSTRY = r"industry|branz\w*|sektor\w*|settore"
_NETWORK = r"network|siec(?:i|ia)?|siatk\w+|rete|collegamenti"
_CONTACTS = rf"(?:{_BLANK}(?:of{_BLANK}|di{_BLANK})?(?:contacts|connections|kontakt\w*|contatti))?"
_RANK = (
    r"rank(?:ing\w*)?|position|standing|pozycj\w+|miejsc\w+|lokat\w+|klasyfikacj\w+|"
    r"classifica|posizion\w+|posto|graduatoria"
)
_OF_WHOSE = (
    r"in|within|of|for|the|your|w|we|wsrod|twoj\w*|swoj\w*|di|del|della|nel|nella|tuo|tua|per|il|la|tra"
)
_INDEX = rf"ssi|social{_BLANK}selling(?:{_BLANK}index)?"


def _rank_in(area: str) -> str:
    """`Industry SSI rank`, `Pozycja SSI w branży`, or just `in your industry`: it waits for a percentage."""
    between = rf"(?:{_BLANK}(?:{_INDEX}|{_OF_WHOSE})){{0,5}}"
    return (
        rf"(?:(?:{_INDEX}){_BLANK})?(?:{_RANK}){between}{_BLANK}(?:{area})|(?:{area}){between}{_BLANK}(?:{_RANK})|"
        rf"(?:(?:{_OF_WHOSE}){_BLANK}){{0,3}}(?:{area})(?:{_BLANK}ssi)?"
    )


def _either_way(one: str, other: str) -> str:
    """The two in any order, with the verb before them: `Establish your`, `Trova le`, `Docieranie do`."""
    return rf"{_VERB}(?:(?:{one}){_GAP}(?:{other})|(?:{other}){_GAP}(?:{one}))"


_VERB = (
    rf"(?:[^\W\d_]+{_BLANK})?"
    rf"(?:(?:your|a|the|with|to|swoj\w+|twoj\w+|do|z|ze|il|la|lo|le|tuo|tua|in|contatto|con){_BLANK}){{0,4}}"
)
_SUCH = rf"(?:{_BLANK}(?:rilevanti|utili|solide|durature|professionali|biznesow\w+|zawodow\w+|trwal\w+))?"
_OWN = r"profession\w+|profesjonaln\w+|personal[ei]?|zawodow\w+|osobist\w+"
_RIGHT = r"right|wlasciw\w+|odpowiedni\w*|giust[aei]|adatt[aei]"
_PEOPLE = r"people|persons?|contacts|osob\w*|ludz\w+|kontakt\w*|person[ae]|contatti"
_SPEAKING_OF = rf"(?:(?:the|il|your|my|current|twoj|moj|aktualny|biezacy|obecny|tuo|mio){_BLANK}){{0,3}}"
_NOWADAYS = rf"(?:{_BLANK}(?:attuale|score))?"

# Ranks that the page of a sales team shows as well, and that nobody asks for.
_WITH_SSI = rf"{_BLANK}(?:ssi{_BLANK})?"
OTHER_RANK = rf"team{_WITH_SSI}rank|(?:{_RANK}){_WITH_SSI}(?:w{_BLANK}zespole|del{_BLANK}team)"
NAMES = {
    "brand": _either_way(_OWN, r"brand\w*|mark[aei]|wizerun\w+|marchio|immagine"),
    "find": _either_way(_RIGHT, _PEOPLE),
    "engage": (
        r"(?:wchodz\w*\s+w\s+)?"
        r"(?:engag|angaz|zaangaz|interakcj|reag|dziel|korzyst|interag|interazion|coinvolg|partecip|condivi)\w*"
        r"(?:[^\w\n]{1,3}[^\W\d_]+){0,3}?\s+"
        r"(?:insights?|wiedz\w+|tresci\w*|informacj\w+|spostrzez\w+|analiz\w+|informazion\w+|contenut\w+|"
        rf"approfondiment\w+|spunti){_SUCH}"
    ),
    "relate": (
        r"(?:buil[dt]|develop|strengthen|z?bud|s?tworz|nawiaz|rozw[io]j|wzm[ao]cni|pieleg|costru|crea|svilupp|"
        rf"instaur|stabil|coltiv|raff?orz|consolid)\w*(?:{_BLANK}[a-z]+)?{_GAP}"
        rf"(?:relationships?|relacj\w*|wiezi|relazion\w+|rapport\w+){_SUCH}"
    ),
    "industry_top": _rank_in(_INDUSTRY),
    "network_top": rf"(?:{_rank_in(_NETWORK)}){_CONTACTS}",
    "total": (
        rf"{_SPEAKING_OF}(?:"
        rf"(?:(?:wskaznik|indeks|indice{_BLANK}di){_BLANK})?social{_BLANK}selling(?:{_BLANK}index)?|"
        rf"(?:wskaznik|indeks){_BLANK}sprzedazy{_BLANK}spolecznosciowej|"
        rf"(?:wynik|punteggio){_BLANK}ssi|ssi|total|suma|totale){_NOWADAYS}"
    ),
}

# Where the page speaks of oneself, besides a total that says whose it is.
OWN_PART = (
    rf"(?:four|4|cztery|quattro){_BLANK}(?:component\w*|elements?|skladnik\w*|element\w*|komponent\w*|filar\w*|"
    r"fattori|pilastri)"
)
OWN_WORDS = frozenset(
    ("your", "my", "current", "twoj", "moj", "aktualny", "biezacy", "obecny", "tuo", "mio", "attuale")
)
_OTHERS = (
    r"people|professionals|sellers|osob[ay]?|ludzie|specjali\w+|handlow\w+|sprzedawc\w+|profesjonali\w+|"
    r"person[ae]|professionist[ai]|venditori"
)


def _others_in(area: str) -> str:
    """`People in your network`, `Osoby z Twojej branży`, `I professionisti del settore bancario`."""
    return rf"(?:{_OTHERS})(?:[^\w\n.:|]{{1,3}}[^\W\d]+){{1,9}}?{_BLANK}(?:{area})"


# Where it speaks of others, whose numbers look just like one's own.
INDUSTRY_PART = _others_in(_INDUSTRY)
NETWORK_PART = _others_in(_NETWORK)
AVERAGE = r"(?:average|mean|media|medio|sredni\w*|przecietn\w*)\b[^\n0-9]{0,60}[0-9]+(?:[.,][0-9]+)?"

TOP = (
    r"(?:(?:in|the|w|we|wsrod|nel|nei|tra|fra|i|il)\s+){0,2}"
    r"(?:top|best|najleps\w+|czolow\w+|pierwsz\w+|gorn\w+|prim[oaie]|miglior[ei])"
)
# Words that may stand between a name and its number.
POINTS = r"points?|pts|pkt|punkt\w*|punt[io]|score|wynik|punteggio|is|wynosi"
PERCENT = r"%|percent|procent\w*|per cento"
OUT_OF = r"(?:out of|of|na|z|ze|su|maks\.?|max\.?|/)\s*(?:100|25)(?![0-9])"


def plain_words(text: str) -> str:
    """Small letters without accents or invisible signs; every blank a space, every end of a line one sign."""
    small = "\n".join(text.splitlines()).casefold().replace("ł", "l")
    return "".join(map(_plain, unicodedata.normalize("NFKD", small)))


def _plain(char: str) -> str:
    if char == "\n" or (char.isascii() and char.isprintable()):
        return char
    if char.isspace():
        return " "
    return "" if unicodedata.category(char)[0] == "M" or unicodedata.category(char) == "Cf" else char


def whole(pattern: str) -> str:
    """The pattern where no letter stands before or after it; a number may touch it."""
    return rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])"
