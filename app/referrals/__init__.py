"""The social map: who can help a student, found by keyword and by what a talk is about.

It promises that a phone number is shown only where a person verified it, that no search ends on an empty page, and that
each card says for whom it is, when it is open and what contact leaves behind. It must not know schools or cases.
"""
