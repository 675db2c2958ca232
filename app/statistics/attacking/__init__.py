"""How a protected table is attacked before it goes out: by outsiders, schools, boards and pairs, with a solver.

It promises to find what they could find: wrong figures, told unsafe cells, known sums, and hidden cells that come
too close. It must not know how the table was protected: it shares no code with the
protecting side, and another solver path.
"""
