"""The web pages of staff, process owners, operations and administrators.

It holds no rule of the business: every page asks a query or runs a command.
"""

from flask import Flask

from engine.runtime import Engine
from engine.settings import Settings
from webapp import (
    account,
    api,
    cases,
    database,
    operations,
    paper,
    people,
    policies,
    public,
    reports,
    tasks,
)
from webapp.forms import fields
from webapp.forms.filling import address_of
from webapp.operations import health
from webapp.paper import prints
from webapp.shell import (
    agents,
    apart,
    assets,
    counting,
    drawing,
    failures,
    listing,
    madeup,
    moments,
    navigation,
    numbers,
    prose,
    security,
    speech,
    tracing,
    visitors,
)
from webapp.shell.secret import cookie_secret
from webapp.tasks import deadlines

SCREENS = (
    api,
    public,
    reports,
    *account.SCREENS,
    *cases.SCREENS,
    *operations.SCREENS,
    *paper.SCREENS,
    *people.SCREENS,
    *policies.SCREENS,
    *tasks.SCREENS,
)


def create_app(engine: Engine, settings: Settings) -> Flask:
    """Return the web app over *engine*."""
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["engine"] = engine
    tracing.install(app)
    numbers.install(app)
    madeup.install(app)
    apart.install(app, settings)
    database.install(app, settings.database_url)
    counting.install(app)
    failures.install(app)
    visitors.install(app)  # Before the tokens: a stranger is asked to sign in first.
    security.install(app, cookie_secret(settings))
    speech.install(app)
    moments.install(app, settings.zone)
    assets.install(app)
    listing.install(app)
    navigation.install(app)
    drawing.install(app)
    prose.install(app)
    reports.install(app)
    agents.install(app)
    fields.install(app, address_of)
    prints.install(app)
    deadlines.install(app)
    health.install(app)
    api.install(app)
    app.config["THUMBNAILS"] = settings.files.parent / "thumbnails"
    for screen in SCREENS:
        app.register_blueprint(screen.pages)
    return app
