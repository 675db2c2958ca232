"""One quiet HiGHS solver on one core."""

from highspy import _core

Solver = _core._Highs  # noqa: SLF001 -- the public class prints a banner on standard output before it can be told not to


class SolverError(RuntimeError):
    """Raised when the solver gives no answer: then nothing may be published."""


def new_solver() -> Solver:
    """Return a solver that writes nothing: other programs read our standard output."""
    solver = Solver()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    return solver
