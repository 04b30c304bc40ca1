"""Wall and CPU seconds of ``dateline read`` on one page, and where they go."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from typing import Any

from benchmarks.speed.texts import SAMPLES

PAGE = SAMPLES / "gazette-port-strike.html"


def measure(data: dict[str, Any], repeats: int) -> dict[str, Any]:
    """Wall and CPU seconds of ``dateline read`` on one page, and the imports that take longest."""
    del data  # always the same page
    command = [sys.executable, "-m", "dateline", "read", str(PAGE), "--json"]
    walls: list[float] = []
    cpus: list[float] = []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        walls.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    traced = subprocess.run(
        [sys.executable, "-X", "importtime", *command[1:]],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    packages: dict[str, float] = defaultdict(float)
    for match in re.finditer(r"^import time:\s+(\d+) \|\s+\d+ \| +(\S+)", traced.stderr, re.MULTILINE):
        packages[match[2].partition(".")[0]] += int(match[1]) / 1e6
    top = sorted(packages.items(), key=lambda pair: -pair[1])
    return {
        "wall s": min(walls),
        "wall s median": sorted(walls)[len(walls) // 2],
        "CPU s": min(cpus),
        "imports s": sum(packages.values()),
        "imports by package s": dict(top[:12]),
    }


if __name__ == "__main__":
    print(json.dumps(measure(json.load(sys.stdin), int(sys.argv[1]))))
