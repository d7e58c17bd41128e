from django.db import models


class NameOrder(models.Model):
    """The keys of all sellers in the order of their names, four bytes each, as it was on a day: one row.

    Ranking puts equal scores in this order where lists are too long to be sorted while somebody waits.
    """

    made_on = models.DateField()
    sellers = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.made_on:%Y-%m-%d}"
