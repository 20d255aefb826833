"""Dossiers gone wrong: one that is right, changed in one to three places that the schema knows. A seed repeats it."""

import copy
import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from planning.dossiers import schema
from planning.dossiers.errors import Place

STRANGE_TEXTS = (
    "",
    " ",
    "\n",
    "\0",
    "\ufeff",
    "\ud800",
    "æøåÆØÅ",
    "👩‍👩‍👧 e\u0301",
    "\u202eevil\u202c",
    "'; DROP TABLE accounts_service; --",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }} {% load x %} %s %(x)s",
    "x" * 6000,
    "15108695088",
    "2026-11-25",
    "m1",
    "null",
)
STRANGE_NUMBERS = (0, -1, 1, 0.5, 1e15, 10**15, -(10**14), 2**31, 2**63, 0.1 + 0.2, 4.999999999999, 5.0000000001, 3.0)
STRANGE_NUMERALS = ("NaN", "Infinity", "-Infinity", "1e999", "-0", "1E1", "9" * 5000, "0.1" + "0" * 400, "3.0")
STRANGE_DAYS = (
    "2026-02-30",
    "2024-02-29",
    "2025-02-29",
    "9999-12-31",
    "0000-00-00",
    "1899-12-31",
    "1900-01-01",
    "2199-12-31",
    "20261125",
    "2026-W48-3",
    "2026-11-25T00:00",
    "25.11.2026",
    "2026-11-25\n",
    "٢٠٢٦-١١-٢٥",
    "-2026-11-25",
)
WORDS = {  # of the instruments, some of them not of the one in question
    "version": ("2005.1", "2005.1", "2009.1", "2014.1", "2021.1", "2007.1", "2014.2"),
    "instrument": ("ils", "ils", "press", "goi", "wcq6"),
    "item": ("plan", "obstacles", "routine", "philosophy", "cbt"),
    "rated_item": ("imr_fidelity:cbt", "goi:supervision", "goi:cbt", "ils:plan"),
}
OTHERS = (None, True, False, 0, 1.5, "", "text", [], [[]], {}, {"en": "One"}, {"en": "One", "nb": "To"})


class Mutant:
    """A right dossier in the making of a wrong one."""

    def __init__(self, content: dict, seed: int):
        self.random, self.content = Random(seed), copy.deepcopy(content)
        self.text_changes: list[Callable[[str], str]] = []
        self.byte_changes: list[Callable[[bytes], bytes]] = []
        self.done: list[str] = []

    def bytes(self) -> bytes:
        """The file."""
        text = json.dumps(self.content, ensure_ascii=False, indent=self.random.choice((None, 2)))
        for change in self.text_changes:
            text = change(text)
        data = text.encode("utf-8", "surrogatepass")
        for change in self.byte_changes:
            data = change(data)
        return data

    # Places

    def places(self) -> list[tuple[Place, dict]]:
        """Every value with the part of the schema it is held against."""
        found = []

        def walk(value, part, place):
            part = schema.resolved(part)
            found.append((place, part))
            if isinstance(value, dict):
                for name, below in value.items():
                    if name in part.get("properties", {}):
                        walk(below, part["properties"][name], (*place, name))
            elif isinstance(value, list) and "items" in part:
                for number, one in enumerate(value):
                    walk(one, part["items"], (*place, number))

        walk(self.content, schema.schema(), ())
        return found

    def at(self, place: Place):
        value = self.content
        for part in place:
            value = value[part]
        return value

    def put(self, place: Place, value) -> None:
        if place:
            self.at(place[:-1])[place[-1]] = value
        else:
            self.content = value

    def some_place(self, fits: Callable[[Place, dict], bool] = lambda place, part: True) -> tuple[Place, dict] | None:
        """A place, lists as likely as the many values within them."""
        places = [one for one in self.places() if fits(*one)]
        if not places:
            return None
        top = self.random.choice(sorted({str(place[:1]) for place, _ in places}))
        return self.random.choice([one for one in places if str(one[0][:1]) == top])

    def lacking(self, place: Place, part: dict) -> list[str]:
        """The fields that an object could have besides."""
        value = self.at(place)
        return sorted(set(part.get("properties", ())) - set(value)) if isinstance(value, dict) else []

    # Changes

    def drop(self) -> None:
        """Take a field or an item out."""
        if found := self.some_place(lambda place, part: bool(place)):
            place, _ = found
            above = self.at(place[:-1])
            del above[place[-1]]

    def add_known(self) -> None:
        """Add a field that the format has, with a value of its kind."""
        if found := self.some_place(
            lambda place, part: (
                isinstance(self.at(place), dict) and set(part.get("properties", ())) - set(self.at(place))
            )
        ):
            place, part = found
            name = self.random.choice(self.lacking(place, part))
            self.at(place)[name] = self.sample(part["properties"][name])

    def add_unknown(self) -> None:
        """Add a field that the format does not have."""
        if found := self.some_place(lambda place, part: isinstance(self.at(place), dict)):
            name = self.random.choice(("colour", "Owner", "ref ", "", "$ref", "__proto__", "id", "ø" * 80))
            self.at(found[0])[name] = self.random.choice(OTHERS)

    def add_item(self) -> None:
        """Add an item made from the schema alone."""
        if found := self.some_place(lambda place, part: isinstance(self.at(place), list) and "items" in part):
            self.at(found[0]).append(self.sample(found[1]["items"]))

    def retype(self) -> None:
        """Put a value of another kind there."""
        place, _ = self.some_place()
        self.put(place, self.random.choice(OTHERS))

    def out_of_range(self) -> None:
        """A value of the kind, over the edge or on it."""
        place, part = self.some_place(lambda place, part: not isinstance(self.at(place), dict | list))
        if part.get("type") in ("integer", "number"):
            least, most = part["minimum"], part["maximum"]
            self.put(place, self.random.choice((*STRANGE_NUMBERS, *map(float, (least, most, least - 1, most + 1)))))
        elif "day" in part.get("title", "") or "month" in part.get("title", ""):
            self.put(place, self.random.choice(STRANGE_DAYS))
        else:
            self.put(place, self.random.choice(STRANGE_TEXTS))

    def another_day(self) -> None:
        """Another day that exists, for one that is there."""
        found = self.some_place(lambda place, part: part.get("format") == "date" and isinstance(self.at(place), str))
        if found:
            self.put(found[0], self.a_day(monday="Monday" in found[1]["title"]))

    def another_ref(self) -> None:
        """A name that leads to something else, or nowhere."""
        found = self.some_place(lambda place, part: "ref" in part.get("title", "") or place[-1:] == ("ref",))
        if found:
            self.put(found[0], self.random.choice(("m1", "m2", "m6", "r1", "r9", "s1", "f1", "f2", "x")))

    def double_item(self) -> None:
        """An item twice."""
        if found := self.some_place(lambda place, part: isinstance(self.at(place), list) and self.at(place)):
            items = self.at(found[0])
            items.insert(self.random.randint(0, len(items)), copy.deepcopy(self.random.choice(items)))

    def shuffle(self) -> None:
        """A list in another order."""
        if found := self.some_place(lambda place, part: isinstance(self.at(place), list) and len(self.at(place)) > 1):
            self.random.shuffle(self.at(found[0]))

    def double_key(self) -> None:
        """A key of an object twice, as only a text can have it."""
        if found := self.some_place(lambda place, part: isinstance(self.at(place), dict) and self.at(place)):
            name = self.random.choice(sorted(self.at(found[0])))
            mark = f"DOUBLE{len(self.text_changes)}"
            self.at(found[0])[mark] = self.random.choice(OTHERS)
            self.text_changes.append(lambda text: text.replace(json.dumps(mark), json.dumps(name)))

    def deep(self) -> None:
        """A value many levels down."""
        place, _ = self.some_place()
        value = self.at(place)
        for _ in range(self.random.choice((1, 5, 20, 200))):
            value = [value] if self.random.random() < 0.5 else {"a": value}
        self.put(place, value)

    def strange_text(self) -> None:
        """A text that is one, and odd."""
        found = self.some_place(lambda place, part: "anyOf" in part)
        if found:
            self.put(found[0], self.random.choice(STRANGE_TEXTS))

    def two_languages(self) -> None:
        """A text in both languages."""
        found = self.some_place(lambda place, part: "anyOf" in part and isinstance(self.at(place), str))
        if found:
            self.put(found[0], {"en": "In English, and long enough.", "nb": "På bokmål, og langt nok."})

    def strange_number(self) -> None:
        """A number that is none, or has no end."""
        found = self.some_place(lambda place, part: part.get("type") in ("integer", "number"))
        if found:
            mark = f"NUMBER{len(self.text_changes)}"
            self.put(found[0], mark)
            new = self.random.choice(
                ("NaN", "Infinity", "-Infinity", "1e999", "-0", "1E1", "9" * 5000, "0.1" + "0" * 400, "3.0")
            )
            self.text_changes.append(lambda text: text.replace(json.dumps(mark), new))

    def break_text(self) -> None:
        """Cut, changed or recoded bytes."""
        kind = self.random.choice(("cut", "flip", "latin-1", "utf-16", "mark", "comma"))
        where = self.random.random()

        def change(data: bytes) -> bytes:
            at = int(where * len(data))
            match kind:
                case "cut":
                    return data[:at]
                case "flip":
                    return data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :] if data else data
                case "latin-1":
                    return data.decode("utf-8", "surrogatepass").encode("latin-1", "replace")
                case "utf-16":
                    return data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
                case "mark":
                    return b"\xef\xbb\xbf" + data
            return data[:at] + b"," + data[at:]

        self.byte_changes.append(change)

    # Values from the schema

    def a_day(self, *, monday: bool = False) -> str:
        day = date(2026, 11, 25) + timedelta(days=self.random.randint(-900, 400))
        return (day - timedelta(days=day.weekday()) if monday else day).isoformat()

    def sample(self, part: dict):
        """A value that the schema allows there; whether it makes sense beside the rest is another matter."""
        kind, part = schema.kind_of(part), schema.resolved(part)
        if kind in ("day", "monday"):
            return self.a_day(monday=kind == "monday")
        if kind == "month":
            return self.a_day()[:7]
        if kind == "moment":
            return self.a_day() + self.random.choice(("", "T13:00", "T02:30"))
        if kind.endswith("ref"):
            return self.random.choice(("m1", "m3", "m4", "r1", "r2", "s2", "f1"))
        if kind in WORDS:
            return self.random.choice(WORDS[kind])
        if "enum" in part:
            return self.random.choice(part["enum"])
        if "const" in part:
            return part["const"]
        if "anyOf" in part:
            return "Words, as many as it takes."
        if "pattern" in part:
            return "FREQ=WEEKLY;INTERVAL=6" if "FREQ" in part["pattern"] else "other-key"
        match part["type"]:
            case "boolean":
                return self.random.random() < 0.5
            case "integer":
                return self.random.randint(int(part["minimum"]), min(int(part["maximum"]), 40))
            case "number":
                return self.random.randint(int(part["minimum"]) + 1, min(int(part["maximum"]), 40))
            case "array":
                return [self.sample(part["items"]) for _ in range(self.random.randint(0, 2))]
        chosen = part.get("required", []) + [name for name in part["properties"] if self.random.random() < 0.3]
        return {name: self.sample(part["properties"][name]) for name in dict.fromkeys(chosen)}


CHANGES = (
    Mutant.drop,
    Mutant.drop,
    Mutant.add_known,
    Mutant.add_known,
    Mutant.add_unknown,
    Mutant.add_item,
    Mutant.add_item,
    Mutant.retype,
    Mutant.out_of_range,
    Mutant.out_of_range,
    Mutant.another_day,
    Mutant.another_day,
    Mutant.another_ref,
    Mutant.double_item,
    Mutant.shuffle,
    Mutant.shuffle,
    Mutant.double_key,
    Mutant.deep,
    Mutant.strange_text,
    Mutant.two_languages,
    Mutant.strange_number,
    Mutant.break_text,
)


def mutated(content: dict, seed: int) -> tuple[bytes, str]:
    """(the file, what was done to it)."""
    mutant = Mutant(content, seed)
    for _ in range(mutant.random.choice((1, 1, 2, 3))):
        if not isinstance(mutant.content, dict):
            break
        change = mutant.random.choice(CHANGES)
        mutant.done.append(change.__name__)
        change(mutant)
    return mutant.bytes(), " and ".join(mutant.done)
