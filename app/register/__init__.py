"""Coded incidents: what a school must register, once, for itself, the inspectorate and the city.

It promises that an incident holds codes and a day, never a name, a class or a sentence, and that what was counted in a
quarter that came out stays counted there. It must not know what a student wrote, nor which talk an incident came from.
"""
