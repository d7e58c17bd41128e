"""Whether somebody joined a group or left it: Facebook tells it in a sentence alone, and translates that."""

from collections.abc import Collection

from scoring.archive.linkedin.names import letters
from scoring.archive.trees import unmojibake

# How the sentence goes on behind who did it, in English, Italian and Polish.
JOINED = (
    *("joined", "ve joined", "have joined", "became a member", "are now a member", "is now a member"),
    *(
        "ti sei iscritt",
        "ti sei unit",
        "sei diventat",
        "sei entrat",
        "hai iniziato a far parte",
        "fai ora parte",
    ),
    *("si è iscritt", "si è unit", "è diventat", "è entrat", "ha iniziato a far parte"),
    *("dołączyłeś", "dołączyłaś", "dołączył", "dołączyła", "dołączono", "zostałeś członk", "zostałaś członk"),
    *("został członk", "została członk", "jesteś teraz członk", "jesteś już członk"),
)
LEFT = (
    *("left", "ve left", "have left", "stopped being", "are no longer", "is no longer", "were removed"),
    *(
        "hai abbandonat",
        "hai lasciat",
        "ha abbandonat",
        "ha lasciat",
        "non sei più",
        "non fai più",
        "non è più",
    ),
    *(
        "opuściłeś",
        "opuściłaś",
        "opuścił",
        "opuściła",
        "opuszczono",
        "nie jesteś już",
        "przestałeś",
        "przestałaś",
    ),
)
YOU = ("you", "tu", "ty")


def has_joined(title: str, owners: Collection[str] = ()) -> bool | None:
    """Whether the sentence tells of joining; None where it is not understood.

    owners are the names that may stand at its beginning in place of "you".
    """
    said = letters(unmojibake(title))
    for who in ("", *YOU, *owners):
        rest = said.removeprefix(letters(who))
        if len(rest) + len(letters(who)) != len(said):
            continue
        if rest.startswith(_LEFT):
            return False
        if rest.startswith(_JOINED):
            return True
    return None


_JOINED = tuple(letters(phrase) for phrase in JOINED)
_LEFT = tuple(letters(phrase) for phrase in LEFT)
