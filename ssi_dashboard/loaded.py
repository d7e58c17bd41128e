"""What a process has loaded when its work begins, and keeps until it ends."""

import gc


def keep_what_is_loaded() -> None:
    """Let the garbage collector pass over all of it from now on.

    It looks at everything now and then when many small objects are made: as when a night reads its rows on
    SQLite, or a page is rendered. The modules alone cost it some fifty milliseconds each time.
    """
    gc.collect()
    gc.freeze()
