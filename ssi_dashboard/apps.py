from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "ssi_dashboard"
    verbose_name = _("Dashboard")


class AdminConfig(DjangoAdminConfig):
    default_site = "ssi_dashboard.admin_site.AdminSite"
