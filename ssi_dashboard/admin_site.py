"""Django's admin behind the same door as the rest: one sign-in, one rate limit."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class AdminSite(admin.AdminSite):
    site_header = _("SSI Dashboard · administration")
    site_title = _("SSI Dashboard")
    index_title = _("Administration")
    site_url = "/"
    empty_value_display = "–"
    login = secure_admin_login(admin.AdminSite.login)
