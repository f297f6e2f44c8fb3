"""Flask-SQLAlchemy on the engine's own metadata and connections: there is one schema."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine as Connections

from engine.store.database import Database
from engine.store.models import Base


class WebDatabase(SQLAlchemy):
    """Sessions of the web app; what changes anything goes through the engine instead."""

    def _make_engine(
        self, bind_key: str | None, options: dict[str, object], app: Flask
    ) -> Connections:
        """Return the connections of the engine, with all that is set up on them."""
        held: Database = app.extensions["engine"].database
        return held.connections


#: Not `model_class=Base`: it would copy the base, and with it every type annotation.
database = WebDatabase(metadata=Base.metadata)


def install(app: Flask, url: str) -> None:
    """Give each request a session that ends with it."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    database.init_app(app)
