"""LinkedIn's page as text: in three languages, in any order, whole or in parts."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.official.figures import OFFICIAL_FIELDS, TOPS
from scoring.official.text import LONGEST_TEXT, read_official

# As the page was in 2026: circles with a table for whoever cannot see them, three times.
WHOLE_PAGE = """
Home My Network Jobs
Your Social Selling Index
Top
65
%
Industry SSI rank
Top
50
%
Network SSI rank
Team SSI rank Top 1%
Current Social Selling Index
33
out of 100
Category\tvalue
Establish your professional brand\t12.05
Find the right people\t4.76
Engage with insights\t1
Build relationships\t15
Remaining points\t67
Four components of your score
12.05 | Establish your professional brand
4.76 | Find the right people
1 | Engage with insights
15 | Build relationships
People in your industry
36
out of 100
Category\tvalue
Establish your professional brand\t11.27
Find the right people\t4.54
Engage with insights\t1.56
Build relationships\t11.88
Sales professionals in the Technology, Information and Internet industry have an average SSI of 36.
You rank in the top 65%
Up 2% since last week
People in your network
41
out of 100
Establish your professional brand\t13.1
People in your network have an average SSI of 41.
You rank in the top 50%
No change since last week
Find the right decision makers with Sales Navigator. 2026
"""
WHOLE_FIGURES = {
    "brand": Decimal("12.05"),
    "find": Decimal("4.76"),
    "engage": 1,
    "relate": 15,
    "total": 33,
    "industry_top": 65,
    "network_top": 50,
}
OTHERS = {
    "en": (
        "People in your industry\n40 out of 100\nBuild relationships 11.5\n"
        "Sales professionals in the Retail industry have an average SSI of 40.\n"
        "People in your network have an average SSI of 44.\nYou're up 3% since last week\n"
    ),
    "pl": (
        "Osoby z Twojej branży\n40 na 100\nBuduj relacje 11,5\n"
        "Specjaliści ds. sprzedaży w branży handlowej mają średni wynik SSI 40.\n"
        "Osoby z Twojej sieci mają średni wynik SSI 44.\n"
    ),
    "it": (
        "Persone nel tuo settore\n40 su 100\nCostruisci relazioni 11,5\n"
        "I professionisti del settore vendite hanno un SSI medio di 40.\n"
        "Le persone nella tua rete hanno un SSI medio di 44.\n"
    ),
}
# Heading of the components, then every name in plausible forms.
LANGUAGES = {
    "en": {
        "components": ["Four components of your score", "4 components of your score"],
        "brand": ["Establish your professional brand", "Professional brand", "Build your personal brand"],
        "find": ["Find the right people", "Finding the right people", "Connect with the right people"],
        "engage": ["Engage with insights", "Engaging with insights"],
        "relate": ["Build relationships", "Building relationships", "Build strong relationships"],
        "total": ["Your Social Selling Index", "Current Social Selling Index", "Your SSI"],
        "industry_top": ["Industry SSI rank", "Industry rank", "SSI rank in your industry", "Industry"],
        "network_top": ["Network SSI rank", "Network rank", "SSI rank in your network", "Network"],
        "top": ["Top", "In the top"],
        "out_of": ["out of 100", "/ 100", "of 100"],
    },
    "pl": {
        "components": ["Cztery składniki Twojego wyniku", "Cztery elementy wyniku", "4 filary wyniku"],
        "brand": ["Stwórz swoją profesjonalną markę", "Marka zawodowa", "Buduj markę osobistą"],
        "find": ["Znajdź właściwe osoby", "Docieranie do właściwych osób", "Znajdź odpowiednich ludzi"],
        "engage": [
            "Angażuj się, korzystając ze spostrzeżeń",
            "Wchodź w interakcje ze spostrzeżeniami",
            "Angażowanie wiedzą",
            "Dziel się wiedzą",
        ],
        "relate": ["Buduj relacje", "Budowanie relacji", "Nawiązuj trwałe relacje"],
        "total": ["Twój Social Selling Index", "Aktualny wskaźnik Social Selling", "Twój wynik SSI"],
        "industry_top": ["Pozycja SSI w branży", "Ranking SSI w Twojej branży", "Miejsce w branży"],
        "network_top": ["Pozycja SSI w sieci", "Ranking SSI w sieci kontaktów", "Miejsce w Twojej sieci"],
        "top": ["Top", "Najlepsze", "Pierwsze", "W pierwszych"],
        "out_of": ["na 100", "z 100", "/100"],
    },
    "it": {
        "components": ["Quattro componenti del tuo punteggio", "4 componenti del punteggio"],
        "brand": [
            "Stabilisci il tuo brand professionale",
            "Brand professionale",
            "Cura il tuo personal brand",
        ],
        "find": ["Trova le persone giuste", "Entra in contatto con le persone giuste"],
        "engage": ["Interagisci con informazioni rilevanti", "Coinvolgere con contenuti"],
        "relate": ["Costruisci relazioni", "Costruire relazioni", "Crea relazioni solide"],
        "total": ["Il tuo Social Selling Index", "Social Selling Index attuale", "Il tuo punteggio SSI"],
        "industry_top": ["Classifica SSI del settore", "Posizione SSI nel settore", "Settore"],
        "network_top": ["Classifica SSI della rete", "Posizione SSI nella tua rete", "Rete"],
        "top": ["Top", "Primo", "Nel primo", "Primi"],
        "out_of": ["su 100", "/100"],
    },
}
COMPONENTS = ("brand", "find", "engage", "relate")


def test_the_whole_page_is_read_past_the_averages_of_others():
    reading = read_official(WHOLE_PAGE)

    assert reading.figures == WHOLE_FIGURES
    assert (reading.missing, reading.unclear) == ([], {})


def test_a_page_in_one_line_is_read():
    page = (
        "Your Social Selling Index 71 Four components of your score 18.5 Establish your professional brand "
        "16.25 Find the right people 15 Engage with insights 21.2 Build relationships "
        "Industry SSI rank Top 3% Network SSI rank Top 12%"
    )

    found = read_official(page).figures

    assert [str(found[name]) for name in OFFICIAL_FIELDS] == ["18.5", "16.25", "15", "21.2", "71", "3", "12"]


def test_what_is_not_there_is_told():
    reading = read_official("Current Social Selling Index\n33 out of 100\nBuild relationships 15")

    assert reading.figures == {"total": 33, "relate": 15}
    assert reading.missing == ["brand", "find", "engage", "industry_top", "network_top"]


def test_what_is_told_twice_and_differently_is_left_out():
    reading = read_official(
        "12.05 Establish your professional brand\n\n13.1 Establish your professional brand"
    )

    assert reading.figures == {}
    assert reading.unclear == {"brand": [Decimal("12.05"), Decimal("13.1")]}


def test_a_number_on_both_sides_of_a_name_is_left_out():
    assert read_official("12 Find the right people 13").unclear == {"find": [12, 13]}


def test_a_number_between_two_names_belongs_to_none():
    assert read_official("Find the right people 12 Build relationships").is_empty


def test_lines_tell_which_number_is_whose():
    reading = read_official("Professional brand\n8 Find the right people\n9 Build relationships")

    assert reading.figures == {"find": 8, "relate": 9}


def test_the_same_number_with_fewer_decimals_is_the_same():
    reading = read_official("12.275 | Professional brand\n\nProfessional brand: 12.28\n\n12.3 Personal brand")

    assert reading.figures == {"brand": Decimal("12.275")}


def test_the_averages_of_others_alone_are_nothing():
    for page in OTHERS.values():
        assert set(read_official(page).figures) <= set(TOPS)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("You rank in the top 3% in your industry.", {"industry_top": 3}),
        ("People in your network\nYou rank in the top 12%", {"network_top": 12}),
        ("Jesteś w pierwszych 3% w swojej branży", {"industry_top": 3}),
        ("Ti trovi nel primo 12% della tua rete", {"network_top": 12}),
        ("Network SSI rank\nTop 0%\nIndustry SSI rank\nTop 101%", {}),
        ("Industry SSI rank: top 3.5%", {}),
        ("Find the right people 26", {}),
        ("Find the right people 12.05.2026", {}),
        ("Find the right people in 12 industries", {}),
        ("1. Find the right people 12\n2. Build relationships 13", {"find": 12, "relate": 13}),
        ("Build relationships: 12,5 points / 25", {"relate": Decimal("12.5")}),
        ("ＢＵＩＬＤ\u00a0relation\u00adships\u202f１２", {"relate": 12}),
    ],
)
def test_sentences(sentence, figures):
    assert read_official(sentence).figures == figures


@given(st.text(max_size=3000) | st.text(st.sampled_from("0123456789.,% \n/|+-ńłSSI industry")))
def test_any_text_is_read(text):
    reading = read_official(text)

    assert set(reading.figures) | set(reading.unclear) | set(reading.missing) == set(OFFICIAL_FIELDS)


@pytest.mark.parametrize(
    "words", ["people in ", "rank in your ", "build ", "dziel a b c ", "1 ", "top 1% ", "\0"]
)
def test_a_long_text_takes_no_longer_than_its_length(words):
    read_official(words * LONGEST_TEXT)


@st.composite
def pages(draw):
    """A page of random figures: blocks in any order, numbers before or after names, other text around."""
    code = draw(st.sampled_from(sorted(LANGUAGES)))
    language = LANGUAGES[code]
    figures = {name: draw(st.integers(0, 25000)) for name in COMPONENTS}
    figures = {name: Decimal(figure) / 1000 for name, figure in figures.items()}
    total = sum(figures.values()).quantize(Decimal(1), ROUND_HALF_UP)
    tops = {name: draw(st.integers(1, 100)) for name in TOPS}
    comma = draw(st.booleans())
    blank = draw(st.sampled_from([" ", "\u00a0", "\u202f", "\t", "\n"]))
    sign = draw(st.sampled_from(["", "|", ":", "–", "•"]))
    before = draw(st.booleans())

    def named(name, number):
        label = draw(st.sampled_from(language[name]))
        pair = [number, label] if before else [label, number]
        return blank.join(filter(None, [pair[0], sign, pair[1]]))

    def shown(number):
        return str(number).replace(".", "," if comma else ".")

    top = draw(st.sampled_from(language["top"]))
    out_of = draw(st.sampled_from([*language["out_of"], ""]))
    own = [
        draw(st.sampled_from(language["components"])) + "\n",
        *(named(name, shown(figures[name])) + "\n" for name in draw(st.permutations(COMPONENTS))),
    ]
    blocks = [
        "".join(own),
        named("total", f"{total} {out_of}".strip()) + "\n",
        "".join(named(name, f"{top} {tops[name]}%") + "\n" for name in draw(st.permutations(TOPS))),
        *draw(
            st.lists(
                st.sampled_from([OTHERS[code], "Home · Jobs · 2026\n", "LinkedIn, 22.11.2026\n"]), max_size=3
            )
        ),
    ]
    blocks += draw(st.lists(st.sampled_from(blocks), max_size=2))  # and some of it twice
    return "\n-\n".join(draw(st.permutations(blocks))), figures | {"total": total} | tops


@settings(max_examples=300)
@given(pages())
def test_a_page_is_read_back_exactly(page):
    text, figures = page

    assert read_official(text).figures == figures
