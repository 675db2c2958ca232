"""The short names in addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schools.models import SLUG_LENGTH
from app.schools.slugs import RESERVED_SLUGS, new_slug, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hofstad VO - YES College", "hofstad-vo-yes-college"),
        ("'s-Gravendreef College (Henri Faasdreef)", "s-gravendreef-college-henri-faasdreef"),
        ("François Vatel’s Lycée Løkke", "francois-vatels-lycee-lokke"),
        ("مدرسة", ""),
    ],
)
def test_a_name_is_spelt_in_ascii(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_a_taken_name_gets_its_location_code() -> None:
    assert new_slug("Maris College", "19ZP03", {"maris-college"}) == "maris-college-19zp03"


def test_a_long_name_is_cut_between_words() -> None:
    assert slugify("Lucas VO Den Haag Zuid-West voor algemeen bijzonder vwo, gymnasium").endswith("-bijzonder-vwo")


@pytest.mark.parametrize("word", ["code", "help", "w", "staff", "city", "static", "health"])
def test_a_page_of_the_site_itself_is_never_a_slug(word: str) -> None:
    assert new_slug(word, "02GJ00", ()) == f"{word}-02gj00"


@given(st.text(max_size=120), st.sets(st.text("ab-", min_size=2), max_size=4))
def test_a_slug_is_plain_short_free_and_stays_so_when_it_is_taken(name: str, others: set[str]) -> None:
    taken = set(others)
    for _ in range(4):
        slug = new_slug(name, "02GJ00", taken)

        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert 2 <= len(slug) <= SLUG_LENGTH
        assert slug not in taken | RESERVED_SLUGS
        taken.add(slug)
