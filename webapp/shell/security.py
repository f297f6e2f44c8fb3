"""Headers, cookies and tokens that keep strangers' pages and scripts out."""

from uuid import uuid4

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup
from werkzeug.wrappers import Response

LARGEST_REQUEST = (
    256_000_000  #: Bytes; one file may have less, so that its field can say so.
)
LARGEST_TEXT = 2_000_000  #: Bytes of all the text fields of one form.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",  # The style sheet carries its small icons itself.
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

csrf = CSRFProtect()


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, secure wherever the page came over HTTPS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether the browser may send the cookie over HTTPS only."""
        return request.is_secure


def once() -> Markup:
    """Return the id that keeps a form which is sent twice from acting twice."""
    return Markup('<input type="hidden" name="_command" value="{}">').format(uuid4().hex)


def install(app: Flask, secret: str) -> None:
    """Set up cookies, tokens, limits and headers."""
    app.secret_key = secret
    app.session_interface = Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="complaintflow",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_TEXT,
        WTF_CSRF_TIME_LIMIT=None,  # As long as the cookie; a form may lie open overnight.
        WTF_CSRF_SSL_STRICT=False,  # `Referrer-Policy` keeps the referrer away.
    )
    csrf.init_app(app)
    app.jinja_env.globals["once"] = once
    app.after_request(_harden)


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if not request.path.startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")
    return response
