"""Conversations as data: loads `flows/*.yaml`, replays a path from the answers and says where a report goes.

It promises that a path is a pure function of (flow version, answers), that an answer off the path never counts, that a
condition on an unanswered question never holds, and that a faulty file is refused as a whole with every fault, its
line and its cure. It must not know who answers, where answers are kept, or that there is a web or a database.
"""
