"""Work that happens after a page: mail that says only "something is new", and the worker that runs every job.

It promises that a job written in a transaction happens at least once after it, also when the worker or the mail server
was down, and that a mail tells nothing: no school, number, subject or link to a report, always the same length, and
at a random delay unless urgent. It must not know who people are: the handler of a job looks up the address.
"""
