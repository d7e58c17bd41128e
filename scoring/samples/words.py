"""Invented names and sentences; nobody here exists."""

from random import Random

FIRST_NAMES = (
    *("Aldona", "Bogumił", "Carlotta", "Desmond", "Elżbieta", "Fabio", "Grażyna", "Harvey", "Imogen"),
    *("Jacek", "Kinga", "Łukasz", "Maeve", "Nicolò", "Olive", "Przemysław", "Renée", "Søren", "Zoë"),
)
LAST_NAMES = (
    *("Ashdown", "Bąk", "Colombo", "Dell'Orto", "Elder", "Finch", "Gołąb", "Heron", "Ivory", "Jeż"),
    *("Kos, Ph.D.", "Lago", "Merlo", "Neri", "Olmo", "Ptak", "Quercia", "Rybarczyk", "Sasso", "Żuraw"),
)
COMPANIES = (
    *("Lantern Pumps", "Quiet Harbour Ltd", "Molo Grzewcze", "Pompe Adriatiche S.r.l.", "Gull & Crane"),
    *('"Three Larches"', "Nordic Kettle AS", "Żagiel Systemy", "Orchard Energy, Inc.", "Ponte Alto"),
)
# None of them matches a phrase of seniority.
POSITIONS = ("Buyer", "Site engineer", "Planner", "Clerk of works", "Analyst", "Technician", "Assistente")
SENTENCES = (
    "Thanks for the drawings, we look at them on Monday.",
    "Could the pumps be there before the frost?",
    'They call it "the quiet one", and it is.',
    "Ten kettles, two boilers; what about the valves?",
    "Zażółć gęślą jaźń, as the test print said 😀",
    "È più semplice di quanto sembra, perché è già montato.",
    "Here is what we learned from a winter without heating.",
    "A fair week: 12 visits, 3 offers, no rain.",
    "It was nice to meet you at the spring fair!",
    "Numbers first, then coffee, then the decision.",
)


def invented(chance: Random) -> str:
    """One to three sentences, now and then over several lines."""
    parts = chance.sample(SENTENCES, chance.randint(1, 3))
    return ("\n\n" if chance.random() < 0.15 else " ").join(parts)
