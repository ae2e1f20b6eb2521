"""What the machine was doing while we measured, by the same rules as bench: see Sources/Performance/Machine."""

import os
import resource
import time

ALLOWED_CPUS = 0.05
ROUNDING_SECONDS = 0.03


def _cpu_seconds(children):
    """Clock, CPU seconds of everybody on the CPUs that we may use, and our own, with those of ended children if asked."""
    busy = 0
    allowed = os.sched_getaffinity(0)
    with open("/proc/stat") as stat:
        for line in stat:
            name, *times = line.split()
            if name.startswith("cpu") and name != "cpu" and int(name[3:]) in allowed:
                user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, times[:8])
                busy += user + nice + system + irq + softirq + steal
    used = [resource.getrusage(resource.RUSAGE_SELF)]
    used += [resource.getrusage(resource.RUSAGE_CHILDREN)] if children else []
    return time.monotonic(), busy / os.sysconf("SC_CLK_TCK"), sum(own.ru_utime + own.ru_stime for own in used)


class OtherLoad:
    """A context: afterwards `cpus` is the number of CPUs that others kept busy, and `status` says if that was too much."""

    def __init__(self, children=False):
        self._children = children

    def __enter__(self):
        self._before = _cpu_seconds(self._children)
        return self

    def __exit__(self, *_):
        (clock, busy, own), before = _cpu_seconds(self._children), self._before
        seconds = max(clock - before[0], 1e-9)
        used = max(0.0, (busy - before[1]) - (own - before[2]))
        self.cpus = used / seconds
        self.status = "busy" if used > ALLOWED_CPUS * seconds + ROUNDING_SECONDS else "final"


def peak_resident_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def seconds_since_start():
    """Seconds since this process was started."""
    with open("/proc/self/stat") as stat:
        ticks = int(stat.read().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
