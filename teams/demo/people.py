"""The invented organisation of the demo: regions, stores, names. Nobody in it exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from teams.names import folded

DOMAIN = "demo.example"  # reserved for examples: no mail ever arrives there
INDUSTRIES = ("Consumer electronics", "Industrial supplies", "Business software", "Energy and heating")
TITLES = ("Sales adviser", "Account manager", "Key account manager", "Business developer", "Store adviser")


@dataclass(frozen=True)
class Region:
    name: str
    manager: tuple[str, str]
    stores: dict[str, int]  # and how many sell there
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]


REGIONS = (
    Region(
        name="Baltic",
        manager=("Halina", "Bursztyn"),
        stores={"Gdańsk Harbour": 15, "Poznań Market": 13, "Łódź Mills": 12},
        first_names=(
            *("Agata", "Bartosz", "Celina", "Dominik", "Elżbieta", "Filip", "Grażyna", "Hubert"),
            *("Iga", "Jacek", "Kinga", "Łukasz", "Milena", "Norbert", "Ola", "Przemysław"),
        ),
        last_names=(
            *("Bąk", "Czapla", "Dudek", "Gołąb", "Jeż", "Kos", "Lis", "Mazurek", "Nowak"),
            *("Ptak", "Rybarczyk", "Sikora", "Szpak", "Wilk", "Zając", "Żuraw"),
        ),
    ),
    Region(
        name="Adriatic",
        manager=("Renata", "Corallo"),
        stores={"Bologna Porticos": 14, "Trieste Pier": 13, "Verona Arena": 12},
        first_names=(
            *("Alessia", "Bruno", "Carlotta", "Dario", "Elena", "Fabio", "Giada", "Ivano"),
            *("Lidia", "Matteo", "Nicola", "Ornella", "Pietro", "Rosa", "Silvio", "Viola"),
        ),
        last_names=(
            *("Airone", "Basso", "Colombo", "Dell'Orto", "Falco", "Gallo", "Lago", "Merlo", "Neri"),
            *("Olmo", "Pavone", "Quercia", "Riva", "Sasso", "Tordo", "Valle"),
        ),
    ),
    Region(
        name="Atlantic",
        manager=("Winifred", "Pearl"),
        stores={"Bristol Docks": 16, "Cork Quay": 12, "Leeds Exchange": 13},
        first_names=(
            *("Alice", "Basil", "Cora", "Desmond", "Edith", "Fergus", "Gwen", "Harvey"),
            *("Imogen", "Jasper", "Kitty", "Leonard", "Maeve", "Niall", "Olive", "Percy"),
        ),
        last_names=(
            *("Ashdown", "Birch", "Crane", "Drake", "Elder", "Finch", "Gull", "Heron", "Ivory"),
            *("Jay", "Kestrel", "Linnet", "Marsh", "Nightingale", "O'Rowan", "Plover"),
        ),
    ),
)


def names_of(region: Region, chance: Random) -> Iterator[tuple[str, str]]:
    """Give different first and last names, in an order of chance."""
    pairs = list(product(region.first_names, region.last_names))
    chance.shuffle(pairs)
    yield from pairs


def address(first_name: str, last_name: str) -> str:
    return f"{local_part(first_name, last_name)}@{DOMAIN}"


def local_part(first_name: str, last_name: str) -> str:
    return "".join(c for c in f"{folded(first_name)}.{folded(last_name)}" if c.isalpha() or c == ".")
