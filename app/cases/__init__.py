"""The adviser's desk: the queue, one case with its conversation, the steps, and the student's way back to it.

It promises that a case opens only for the readers chosen at sending and for whoever holds the code, that somebody
without a key finds no trace of it, that a damaged part is shown as damaged and hides nothing else, and that no clock
time about a student is kept. It must not know who the student is, how the talk was led, or anything that counts.
"""
