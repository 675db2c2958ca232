"""Keeping the social map: what needs a look now, calling numbers with two people, and the map as a sheet to edit.

It promises that no single person of the network brings a number before students, and that nothing that was pasted is
kept unless it is right and wanted. It must not know schools, cases or what anybody searched for beyond our own words.
"""
