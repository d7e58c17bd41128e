"""The product's settings as the tests use them; the environment is made private first."""

from tests.environment import use_private_environment

use_private_environment()

from ssi_dashboard.settings import *  # noqa: E402, F403
from ssi_dashboard.settings import STORAGES  # noqa: E402

# A live server has no collected, hashed files.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Hundreds of people sign in: the product's slow hash is Django's affair.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
