"""Italian without the leading zero of a day."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
