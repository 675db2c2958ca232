"""The record of who did what: append-only notes with a person, a subject, a code for the deed and a day.

It promises that a note is only ever added, and that it holds no content and no clock time. It must not know what the
features do: they hand over a code ("case.opened") and the id of the thing, never a word of what somebody wrote.
"""
