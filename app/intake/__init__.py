"""The student's side: the talk step by step, the review, sending, the code, and coming back with it.

It promises that what a student types rests only in a row sealed under a secret of his own browser's cookie, that a
talk is sent once however often the button is tapped, that the chosen readers and nobody else get a key, and that exit
leaves nothing. It must not know who the student is, what comes after the adviser's answer, or anything that counts.
"""
