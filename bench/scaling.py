"""Prints the table of docs/scaling.md: `python -m bench.scaling`. Calculated from slopes, not measured.

The slopes are those of bench/RESULTS.md (night, memory, disk) on two cores; put in your own.
"""

SECONDS_A_MILLION, SECONDS_AT_LEAST = 4.7, 0.1
SECONDS_ALONE_A_MILLION, SECONDS_ALONE_AT_LEAST = 1.1, 0.1
MEMORY_A_SELLER, MEMORY_AT_LEAST = 193, 96e6
SCORE, TALLY, SUMS = 124, 76, 350  # bytes with their keys
DAYS_OF_SCORES, CELLS = 400, 134  # kept daily; a year of a seller who has a third of the demo's in 90 days
SELLERS = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)


def row(sellers: int) -> str:
    millions = sellers / 1e6
    cells = (
        f"{sellers:,}",
        seconds(SECONDS_AT_LEAST + SECONDS_A_MILLION * millions),
        seconds(SECONDS_ALONE_AT_LEAST + SECONDS_ALONE_A_MILLION * millions),
        size(MEMORY_AT_LEAST + MEMORY_A_SELLER * sellers),
        size(SCORE * DAYS_OF_SCORES * sellers),
        size(TALLY * CELLS * sellers),
        size(SUMS * sellers),
    )
    return f"| {' | '.join(cells)} |"


def seconds(value: float) -> str:
    return f"{value:.1f} s" if value < 90 else f"{value / 60:.0f} min"


def size(value: float) -> str:
    for unit, many in (("TB", 1e12), ("GB", 1e9)):
        if value >= many:
            return f"{value / many:.1f} {unit}"
    return f"{value / 1e6:.0f} MB"


if __name__ == "__main__":
    print("\n".join(row(sellers) for sellers in SELLERS))
