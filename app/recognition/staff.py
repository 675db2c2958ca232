"""Finds the names of those who read reports, so that the writer can think about who should not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.recognition.candidates import BARE_STAFF_NAME, FULL_STAFF_NAME, Candidate
from app.recognition.given_names import NameReader
from app.recognition.model import Packs
from app.recognition.words import words_of


@dataclass(frozen=True)
class _Spelling:
    """One way to write a name: whole, only the surname, or a part that is said with a title."""

    words: tuple[str, ...]
    is_whole: bool = False
    is_surname: bool = False


def staff_candidates(reader: NameReader, names: Iterable[str], packs: Packs) -> Iterator[Candidate]:
    """Find *names*: whole, or the surname or given name with a title, or the surname with a capital."""
    spellings = _spellings(names, packs)
    for index, word in enumerate(reader.words):
        for spelling in spellings.get(word.plain, ()):
            last = index + len(spelling.words) - 1
            if tuple(other.plain for other in reader.words[index : last + 1]) != spelling.words:
                continue
            end = reader.words[last].end
            if title := reader.title_before(index):
                yield Candidate(title.start, end, "staff_name", sure=FULL_STAFF_NAME)
            elif spelling.is_whole:
                yield Candidate(word.start, end, "staff_name", sure=FULL_STAFF_NAME)
            elif spelling.is_surname and word.text[0].isupper():
                yield Candidate(word.start, end, "staff_name", sure=BARE_STAFF_NAME)


def _spellings(names: Iterable[str], packs: Packs) -> Mapping[str, list[_Spelling]]:
    found: dict[str, list[_Spelling]] = defaultdict(list)
    for name in names:
        words = [word.plain for word in words_of(name)]
        while words and words[0] in packs.titles:
            words = words[1:]
        for spelling in _spellings_of(tuple(words), packs) if words else ():
            found[spelling.words[0]].append(spelling)
    return found


def _spellings_of(words: tuple[str, ...], packs: Packs) -> Iterator[_Spelling]:
    begins = (index for index, word in enumerate(words) if index and word in packs.prefixes)
    surname = words[next(begins, len(words) - 1) :]
    yield _Spelling(surname, is_surname=True)
    if surname != words:
        yield _Spelling(words, is_whole=True)
    said_with_title = {surname[-1:], *((part,) for part in surname[-1].split("-"))} - {surname}
    if len(words[0]) > 1 and words[0] not in packs.prefixes:
        said_with_title.add(words[:1])
    yield from (_Spelling(part) for part in sorted(said_with_title))
