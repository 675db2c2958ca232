"""A demo that anybody can start: an invented district, three schools, their people and a term of cases.

It promises to touch only a folder that is empty or that it made itself, and to use the same services as real life.
Nothing imports it. It must not know anything that the features do not offer to everybody.
"""
