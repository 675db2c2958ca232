"""Sentences that a word list must or must not notice, and how well the lists do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from app.flows.faults import Fault, FlowError
from app.flows.watching import WatchLists, fault_at, lines_of, load_lists, named_files


@dataclass(frozen=True)
class Sample:
    """A sentence of `<topic>.<language>.samples.txt`: with `+` it must touch the topic, with `-` it must not."""

    file: str
    line: int
    topic: str
    tag: str
    text: str
    is_wanted: bool


@dataclass(frozen=True)
class Figure:
    """How the lists did on the samples of one topic in one language."""

    topic: str
    tag: str
    phrases: int
    wanted: int
    wanted_hit: int
    unwanted: int
    unwanted_hit: int

    @override
    def __str__(self) -> str:
        return (
            f"{self.topic}.{self.tag}: {self.phrases} phrases, {self.wanted_hit} of {self.wanted} wanted hits,"
            f" {self.unwanted_hit} unwanted hits in {self.unwanted}"
        )


def load_samples(folder: Path) -> tuple[Sample, ...]:
    """Read every file `<topic>.<language>.samples.txt` in *folder*.

    Raises: FlowError, with every fault of every file.
    """
    faults: list[Fault] = []
    samples = tuple(_samples(folder, faults))
    if faults:
        raise FlowError(faults)
    return samples


def figures(folder: Path) -> tuple[Figure, ...]:
    """Run every sample in *folder* against all lists and count, topic by topic and language by language.

    Raises: FlowError.
    """
    lists, samples = load_lists(folder), load_samples(folder)
    return tuple(_figure(lists, samples, found.topic, found.tag) for found in lists.lists)


def missed(lists: WatchLists, samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    """Return the samples that *lists* take the wrong way."""
    return tuple(sample for sample in samples if _is_hit(lists, sample) != sample.is_wanted)


def _samples(folder: Path, faults: list[Fault]) -> Iterator[Sample]:
    for path, name in named_files(folder, faults):
        for number, line in lines_of(path, faults) if name["samples"] else ():
            if line[:2] in ("+ ", "- "):
                file = fault_at(path, number, "").file
                yield Sample(file, number, name["topic"], name["tag"], line[2:].strip(), line[0] == "+")
            else:
                faults.append(fault_at(path, number, "a sample begins with + or -, then a space: write it so"))


def _figure(lists: WatchLists, samples: tuple[Sample, ...], topic: str, tag: str) -> Figure:
    own = [sample for sample in samples if (sample.topic, sample.tag) == (topic, tag)]
    hit = [sample.is_wanted for sample in own if _is_hit(lists, sample)]
    wanted = [sample.is_wanted for sample in own]
    (phrases,) = (found.size for found in lists.lists if (found.topic, found.tag) == (topic, tag))
    return Figure(topic, tag, phrases, sum(wanted), sum(hit), len(own) - sum(wanted), len(hit) - sum(hit))


def _is_hit(lists: WatchLists, sample: Sample) -> bool:
    return bool(lists.topics_in(sample.text, (sample.topic,)))
