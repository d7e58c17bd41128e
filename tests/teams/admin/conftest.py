from tests.administrators import adam, administrator, either, noon

__all__ = ["adam", "administrator", "either", "noon"]
