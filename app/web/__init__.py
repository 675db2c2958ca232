"""What every page shares: the base page, the Page and Form base classes, languages, headers, errors and static files.

It promises that each answer carries the strict headers, that no page sets a cookie before somebody acts, and that no
error tells what somebody wrote. It must not know any feature: features hand their templates and views to `create_app`.
"""
