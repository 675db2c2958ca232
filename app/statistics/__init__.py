"""What the city may see: tables by district, category and period, published once and protected.

It promises to show nothing that was not published: as long as nothing is, every cell is suppressed. It must not know
what a student wrote.
"""
