"""A bare Flask view with one Jinja template, the yardstick for a question page."""

from flask import Flask, render_template_string

TEMPLATE = "<title>{{ title }}</title><h1>{{ title }}</h1><ul>{% for n in range(14) %}<li>{{ n }}</li>{% endfor %}</ul>"


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def page() -> str:
        return render_template_string(TEMPLATE, title="Vraag")

    return app
