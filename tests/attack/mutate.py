"""Shows for each attack that its check is what refuses it: the row's test passes, and fails once the check is taken out.

The table is rows.tsv: attack, where its check stands, what is replaced there by what (`\\n` is a line break), and the test: a
unit test's file and name, or a file and name for pytest. Each mutant is one object file, linked in front of the rooms' archives, in a
folder of its own.

    python mutate.py BUILD [WORD…]      COMPILE, LINK and LIBS in the environment say how, as the Makefile does it
"""

import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COLUMNS = 5


def read(path):
    rows = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        assert len(fields) == COLUMNS, f"{path}:{number}: {len(fields)} fields, not {COLUMNS}"
        rows.append(dict(zip(("attack", "place", "from", "to", "test"), fields)))
    return rows


def mutant(row):
    """The source without the check."""
    source = (ROOT / row["place"]).read_text()
    before, after = (row[name].replace("\\n", "\n") for name in ("from", "to"))
    assert source.count(before) == 1, f"{row['attack']}: {row['place']} has {source.count(before)} times: {before}"
    return source.replace(before, after)


def run(command, **more):
    return subprocess.run(command, shell=isinstance(command, str), cwd=ROOT, capture_output=True, text=True, timeout=600, **more)


def must(command):
    done = run(command)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


class Builder:
    """Programs in a folder of its own; OBJECT is the mutant, None the truth."""

    def __init__(self, build):
        self.build = build
        self.libraries = " ".join(map(str, sorted((build / "lib").glob("*.a"))))

    def link(self, objects, program, more=""):
        program.parent.mkdir(parents=True, exist_ok=True)
        must(f"{os.environ['LINK']} -o {program} {objects} -Wl,--start-group {self.libraries} -Wl,--end-group {os.environ['LIBS']} {more}")

    def compile(self, row, folder):
        place = folder / row["place"]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(mutant(row))
        must(f"{os.environ['COMPILE']} -Wno-error -I{(ROOT / row['place']).parent} -c -o {place}.o {place}")
        return f"{place}.o"

    def unit(self, test, folder, mutated):
        """The objects of a unit test, with the mutant in front."""
        source = pathlib.Path(test)
        helpers = [path for path in sorted((ROOT / source.parent).glob("*.c")) if not path.name.startswith("test_")]
        objects = [str(self.build / path.relative_to(ROOT).with_suffix(".o")) for path in helpers]
        program = folder / source.stem
        must(f"{os.environ['COMPILE']} -c -o {program}.o {source}")
        self.link(f"{program}.o {' '.join(objects)} {mutated}", program, "-lcmocka -lpthread")
        return program

    def spotter(self, folder, mutated):
        objects = " ".join(map(str, sorted((self.build / "bot").glob("*.o"))))
        self.link(f"{objects} {mutated}", folder / "spotter")


def passes(builder, row, folder, mutated):
    file, name = row["test"].split("::")
    if file.endswith(".c"):
        done = run([str(builder.unit(file, folder, mutated))], env={**os.environ, "ONLY": name})
        ran = re.search(r"\[=+\] 1 test\(s\) run|FAILED", done.stdout + done.stderr) or done.returncode != 0
        assert ran, f"{row['test']}: no such test"
    else:
        builder.spotter(folder, mutated)
        done = run([sys.executable, "-m", "pytest", "-q", "--tb=line", "-p", "no:cacheprovider", f"{file}::{name}"],
                   env={**os.environ, "SPOTTER_BUILD": str(folder), "PYTHONDONTWRITEBYTECODE": "1"})
        assert re.search(r"\d (passed|failed)", done.stdout), f"{row['test']}: {done.stdout}{done.stderr}"
    return done.returncode == 0


def main(build, wanted):
    folder = build / "attacks"
    builder = Builder(build)
    rows = [row for row in read(HERE / "rows.tsv") if not wanted or any(word in row["attack"] for word in wanted)]
    survived, honest = [], {}
    for number, row in enumerate(rows, 1):
        own = folder / f"{number}"
        own.mkdir(parents=True, exist_ok=True)
        if row["test"] not in honest:
            honest[row["test"]] = passes(builder, row, own, "")
            assert honest[row["test"]], f"{row['test']} fails already"
        killed = not passes(builder, row, own, builder.compile(row, own))
        print(f"{'refused by it' if killed else 'NOT NOTICED  '}  {row['attack']}: {row['place']}", flush=True)
        if not killed:
            survived.append(row["attack"])
    print(f"{len(rows)} checks taken out, {len(rows) - len(survived)} noticed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]))
