"""Addresses of coming in, oneself, the people of a service and its audit trail."""

from django.urls import include, path, re_path
from django.views.i18n import set_language

from accounts.gallery import Gallery
from accounts.sheet_pages import sheet_of
from accounts.views.audit import Audit
from accounts.views.devices import ForgetPhone, OwnDevices, RememberPhone, SessionLeft
from accounts.views.home import OwnSettings
from accounts.views.invitation import TakeUpInvitation
from accounts.views.new_password import NewPassword
from accounts.views.people import AddMember, ChangeMember, InviteMember, People
from accounts.views.service import ServiceSettings

service_urls = [
    path("people/", People.as_view(), name="people"),
    path("people/csv/", sheet_of(People), name="people_csv"),
    path("people/new/", AddMember.as_view(), name="member_add"),
    path("people/<int:member_pk>/", ChangeMember.as_view(), name="member_change"),
    path("people/<int:member_pk>/invite/", InviteMember.as_view(), name="member_invite"),
    path("settings/", ServiceSettings.as_view(), name="service_settings"),
    path("phone/", RememberPhone.as_view(), name="phone_remember"),
    path("audit/", Audit.as_view(), name="audit"),
]

urlpatterns = [
    path("settings/", OwnSettings.as_view(), name="own_settings"),
    path("settings/devices/", OwnDevices.as_view(), name="own_devices"),
    path("phone/forget/", ForgetPhone.as_view(), name="phone_forget"),
    path("session/", SessionLeft.as_view(), name="session_left"),
    path("invitation/<str:token>/", TakeUpInvitation.as_view(), name="invitation"),
    re_path(  # before allauth's page of the same name
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("language/", set_language, name="set_language"),
    path("gallery/", Gallery.as_view(), name="gallery"),
    path("services/<slug:service_key>/", include(service_urls)),
]
