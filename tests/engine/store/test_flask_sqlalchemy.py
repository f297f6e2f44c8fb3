"""The web app's Flask-SQLAlchemy sits on the metadata of the engine: one schema."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from engine.store.models import Base, Unit


def test_it_sits_on_the_same_tables():
    database = SQLAlchemy(model_class=Base)
    app = Flask("test")
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    database.init_app(app)

    assert database.metadata is Base.metadata
    with app.app_context():
        database.create_all()
        database.session.add(Unit(key="north", name="北区", kind="branch", active=True))
        database.session.commit()
        assert database.session.get(Unit, "north").name == "北区"
        database.session.remove()
        database.engine.dispose()
