"""What the machine was doing while we measured, by the same rules as bench: see Sources/Performance/Machine."""

import os
import resource
import time

ALLOWED_CPUS = 0.05
ROUNDING_SECONDS = 0.03


def _cpu_seconds():
    """Clock, CPU seconds of everybody on the CPUs that we may use, and our own."""
    busy = 0
    allowed = os.sched_getaffinity(0)
    with open("/proc/stat") as stat:
        for line in stat:
            name, *times = line.split()
            if name.startswith("cpu") and name != "cpu" and int(name[3:]) in allowed:
                user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, times[:8])
                busy += user + nice + system + irq + softirq + steal
    own = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), busy / os.sysconf("SC_CLK_TCK"), own.ru_utime + own.ru_stime


class OtherLoad:
    """A context: afterwards `cpus` is the number of CPUs that others kept busy, and `status` says if that was too much."""

    def __enter__(self):
        self._before = _cpu_seconds()
        return self

    def __exit__(self, *_):
        (clock, busy, own), before = _cpu_seconds(), self._before
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
