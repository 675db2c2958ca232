"""Keeps what students write and staff unlock unreadable at rest: sealing, keys, codes and the slow hash before them.

It promises that a blob opens only with its key and only in the place it was sealed for, that neither a length nor an
error nor a `repr` tells a secret, and that the slow hash never takes more memory than its gate allows. It must not know
the web, the database, who may read what, or what the words mean; nothing but this package touches cryptography.
"""
