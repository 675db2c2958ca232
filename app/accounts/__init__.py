"""People who sign in: invitations, passwords and second factors, keys, sessions, roles, and who may open which page.

It promises that roles are read from the database on every request, that an unlocked key rests only in a row sealed
under a secret that only the cookie holds, and that a thief of the database learns no address. It must not know any
case.
"""
