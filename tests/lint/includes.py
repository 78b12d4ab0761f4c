"""Holds every #include against rooms.txt, looks for cycles, and keeps each library's headers in the room that may have them."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.M)

# The store implements ports: it may include these headers of rooms that it otherwise doesn't see. The console shows what the
# coach observed, and plays it: it may see those two headers alone.
PORTS = {
    "bot/store": {"bot/coach/store_port.h", "bot/e2ee/store_port.h", "bot/matrix/store_port.h", "bot/irc/store_port.h"},
    "bot/console": {"bot/coach/coach.h", "bot/coach/store_port.h", "bot/store/store.h", "bot/matrix/store_port.h",
                    "bot/e2ee/store_port.h", "bot/irc/store_port.h"},
}

# Headers that only some places may include.
LIBRARIES = {
    r"curl/": ["bot/http/"],
    r"json-c/|json\.h$|json_": ["bot/json/"],
    r"openssl/": ["bot/crypto/", "bot/irc/tls.c"],
    r"olm/": ["bot/e2ee/ratchet_olm.c"],
    r"sqlite3": ["bot/store/"],
    r"confuse\.h": ["bot/settings/"],
    r"glib|gio/": ["bot/schedule/"],
    r"utf8proc": ["core/text/"],
    r"qrencode": ["bot/app_qr.c"],
    r"event2/": ["bot/loop/", "bot/http/", "bot/console/", "bot/irc/link.c", "bot/irc/tls.c"],
}

# What the pure core may take from the system.
CORE_SYSTEM = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdarg.h", "stdbool.h",
               "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h", "strings.h", "utf8proc.h"}


def room_of(path):
    return "/".join(path.split("/")[:2]) if path.count("/") > 1 else path.split("/")[0]


def load_rooms():
    rooms = {}
    for line in (ROOT / "tests/lint/rooms.txt").read_text().splitlines():
        words = line.split("#")[0].split()
        if words:
            allowed = set(words[1:])
            if words[0].startswith("bot/"):
                allowed |= {"core/base", "bot/log"}
            rooms[words[0]] = allowed - {words[0]}
    return rooms


def faults_of(path, text, rooms):
    room = room_of(path)
    for quoted, system in INCLUDE.findall(text):
        name = quoted or system
        for pattern, places in LIBRARIES.items():
            if system and re.match(pattern, system) and not any(path.startswith(place) for place in places):
                yield f"{path}: <{system}> belongs to {', '.join(places)}"
        if path.startswith("core/") and system and system not in CORE_SYSTEM:
            yield f"{path}: <{system}> is not for the pure core"
        if not quoted or not quoted.startswith(("core/", "bot/")):
            if quoted and not (ROOT / "build/gen" / quoted).exists() and not quoted.endswith(("_data.h", "migrations.h")):
                yield f'{path}: "{quoted}": includes are written from the root'
            continue
        target = room_of(quoted)
        if not (ROOT / quoted).exists():
            yield f'{path}: "{quoted}" is not there'
        if room == "bot" or target == room or name == "bot/message.h" and room.startswith("bot"):
            continue
        if target not in rooms.get(room, set()) and quoted not in PORTS.get(room, set()):
            yield f'{path}: {room} may not include "{quoted}" (tests/lint/rooms.txt)'


def cycle(rooms):
    done = set()

    def visit(room, way):
        if room in way:
            return way[way.index(room):] + [room]
        if room in done:
            return None
        for other in sorted(rooms.get(room, ())):
            found = visit(other, way + [room])
            if found:
                return found
        done.add(room)
        return None

    for room in rooms:
        found = visit(room, [])
        if found:
            return found
    return None


def main():
    rooms = load_rooms()
    found = []
    for path in sorted(ROOT.glob("core/**/*.[ch]")) + sorted(ROOT.glob("bot/**/*.[ch]")):
        name = str(path.relative_to(ROOT))
        if name.count("/") > 1 and room_of(name) not in rooms:
            found.append(f"{name}: the room {room_of(name)} is not in tests/lint/rooms.txt")
        found += faults_of(name, path.read_text(), rooms)
    round_trip = cycle(rooms)
    if round_trip:
        found.append("a cycle in tests/lint/rooms.txt: " + " -> ".join(round_trip))
    print("\n".join(found) if found else "includes: as tests/lint/rooms.txt says")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
