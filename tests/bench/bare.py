"""A bare Flask view with one Jinja template of the size of a question page, the yardstick for ours."""

from flask import Flask, render_template
from jinja2 import DictLoader

from app.web.assets import FOLDER, load

PAGE = """<!doctype html><html lang="nl"><head><title>{{ title }}</title><style>{{ style }}</style></head><body>
<ol>{% for bubble in bubbles %}<li>{{ bubble }}</li>{% endfor %}</ol><form method="post"><h1>{{ title }}</h1>
{% for code, label in choices.items() %}
<label><input type="checkbox" name="answer" value="{{ code }}"><span>{{ label }}</span></label>
{% endfor %}
<button>Verder</button></form></body></html>"""
CHOICES = {f"choice_{number}": f"Een antwoord dat je kunt kiezen, nummer {number}" for number in range(14)}


def create_app() -> Flask:
    app = Flask(__name__)
    app.jinja_env.loader = DictLoader({"page.html": PAGE})
    style = load(FOLDER).style

    @app.get("/")
    def page() -> str:
        return render_template("page.html", title="Vraag", style=style, bubbles=["Een", "Twee"], choices=CHOICES)

    return app
