"""Why an archive, a file of it or a row was not taken, in words for the person who brought it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REFUSALS: dict[str, str | Promise] = {
    "bomb": gettext_lazy(
        "The archive unpacks to far more than it could hold; it was not opened. "
        "Download it again from the network."
    ),
    "broken": gettext_lazy(
        "The archive could not be read: something in it is of a form that is not known here. "
        "An administrator finds the place in the log."
    ),
    "damaged_zip": gettext_lazy("The zip is damaged, or not complete. Download it again."),
    "dangerous_names": gettext_lazy(
        "The archive has files whose names point out of it, as no network makes them; it was not opened."
    ),
    "empty": gettext_lazy("There is nothing in this file."),
    "encrypted": gettext_lazy("The archive is locked with a password. Unpack it and pack it again without."),
    "for_administrators": gettext_lazy(
        "This is the activity of all seats of Sales Navigator: an administrator brings it in."
    ),
    "gave_up": gettext_lazy("The work on this file broke off three times. Tell an administrator."),
    "gone": gettext_lazy("The file is not there any more. Bring it in again."),
    "killed": gettext_lazy("Reading the archive was cut off by the system. Try again in a while."),
    "links": gettext_lazy(
        "The archive has links to other files in it, as no network makes them; it was not opened."
    ),
    "memory": gettext_lazy("Reading the archive took more memory than there is for it."),
    "nested": gettext_lazy("The archive holds only other archives. Unpack it, and bring them in one by one."),
    "only_seats": gettext_lazy(
        "Here the activity of all seats of Sales Navigator is brought in. "
        "Sellers bring in their archives themselves."
    ),
    "only_pages": gettext_lazy(
        "This looks like an archive made of web pages, or one of a network that is not known here. "
        "Ask the network for the download as JSON."
    ),
    "other_archive": gettext_lazy("Of archives, only zip can be read. Unpack it, and pack it as zip."),
    "strange_columns": gettext_lazy(
        "A table of activities has no other columns than these, and each of them once: %(columns)s."
    ),
    "too_many_files": gettext_lazy("The archive has more than %(most)d files."),
    "too_many_rows": gettext_lazy("The archive has more than %(most)d rows."),
    "too_much": gettext_lazy("What is to be read in the archive is more than %(most_mib)d MiB."),
    "too_slow": gettext_lazy("Reading the archive took too long."),
    "unknown": gettext_lazy(
        "This is no archive that is known here: neither of LinkedIn, X, Mastodon, Facebook or Instagram, "
        "nor a table of activities."
    ),
    "unreadable": gettext_lazy(
        "The files by which an archive is known cannot be read in this one. Download it again."
    ),
}

# Of a row, and of a whole file where the line is 0.
SKIPS: dict[str, str | Promise] = {
    "another_seller": gettext_lazy("The row is somebody else's; you can bring in your own acts."),
    "bad_day": gettext_lazy("Write a day as 2026-11-22, from 1990 on and none that has still to come."),
    "bad_kind": gettext_lazy("There is no such kind of activity."),
    "bad_link": gettext_lazy(
        "Write an address with http:// or https://, of 500 characters at most, and none for a standing item."
    ),
    "bad_network": gettext_lazy("There is no such network here, or it is told for a standing item."),
    "bad_note": gettext_lazy("A note has 500 characters at most, and a standing item has none."),
    "bad_quantity": gettext_lazy("A quantity is a whole number from 1 to 1000, of a standing item always 1."),
    "bad_seller": gettext_lazy("No seller has this e-mail."),
    "bad_until": gettext_lazy(
        "Only a standing item has an end: a day after its first one, written as 2026-11-22."
    ),
    "damaged": gettext_lazy("The file is damaged from here on."),
    "encrypted": gettext_lazy("The file is locked with a password."),
    "day_or_month": gettext_lazy(
        "A spreadsheet has rewritten this date, and it may be read in two ways. Bring in the file as it was."
    ),
    "file_too_large": gettext_lazy("The file is too large to be read."),
    "future": gettext_lazy("That day has not come yet."),
    "joined_or_left": gettext_lazy(
        "It does not say, in a language that is known here, whether the group was joined or left."
    ),
    "missing_part": gettext_lazy("The archive lists this part, and does not have it. Download it again."),
    "no_day": gettext_lazy("This is not a day in any form that is known here."),
    "no_header": gettext_lazy("The file does not have the columns that it should have."),
    "no_identity": gettext_lazy("It does not have what it could be told apart by."),
    "no_owner": gettext_lazy("It cannot be told which of the people in it is the owner."),
    "no_seat": gettext_lazy("This is not the number of a seat."),
    "not_json": gettext_lazy("The file is not JSON from here on."),
    "nul": gettext_lazy("There is a NUL character in it."),
    "number_too_long": gettext_lazy("There is a number in it that is too long to be one."),
    "packing": gettext_lazy("The file is packed in a way that cannot be read."),
    "quotes": gettext_lazy("A quotation mark is missing, or there is one too many."),
    "too_deep": gettext_lazy("It is nested too deeply to be read."),
    "too_early": gettext_lazy("That date is too far back to be right."),
    "too_long": gettext_lazy("It is too long to be a row."),
    "too_many_columns": gettext_lazy("The file has too many columns."),
    "twice": gettext_lazy("The archive has two files of this name, and no telling which is right."),
    "unknown_direction": gettext_lazy("It does not say in a way that is known here who asked whom."),
    "unknown_shape": gettext_lazy("It has a form that is not known here."),
    "unknown_status": gettext_lazy("This status is not known here."),
    "unknown_type": gettext_lazy("This type is not known here."),
    "which_recommendations": gettext_lazy(
        "This may be recommendations that were received or given; only the whole archive tells which."
    ),
    "width": gettext_lazy("The row does not have as many cells as the header."),
    "wrong_size": gettext_lazy("The file does not have the size that the archive says."),
}


def words_of_refusal(code: str, facts: Mapping[str, str | int]) -> str:
    """Say why an archive as a whole was not taken."""
    words = str(REFUSALS.get(code) or _("The archive could not be read."))
    try:
        return words % facts
    except (KeyError, TypeError, ValueError):
        return _("The archive could not be read.")


def words_of_skip(code: str) -> str:
    """Say why a row, or a file from there on, was left out."""
    return str(SKIPS.get(code) or _("This was not understood."))
