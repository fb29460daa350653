"""Requests counted by route and status, with how long they took; and the text that monitoring reads.

In: every request as it ends. Out: counters and buckets in the text format of Prometheus; a route is known by its name,
never by its address.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; the promised 150 ms and 300 ms are among them."""

Labels = Mapping[str, str]
Sample = tuple[Labels, float]


class Meter:
    """What one running server has counted; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: Counter[str] = Counter()

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._buckets[route][bisect_left(BUCKETS, seconds)] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]

    def lines(self) -> list[str]:
        """Counters and buckets as text."""
        with self._lock:
            requests = dict(self._requests)
            buckets = {route: list(counts) for route, counts in self._buckets.items()}
            seconds = dict(self._seconds)
        counted = [
            ({"route": route, "method": method, "status": str(status)}, count)
            for (route, method, status), count in sorted(requests.items())
        ]
        found = series("job131_requests_total", "counter", "requests by route and status", counted)
        found += ["# HELP job131_request_seconds how long requests took", "# TYPE job131_request_seconds histogram"]
        for route, counts in sorted(buckets.items()):
            reached = 0
            for limit, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
                reached += count
                found.append(sample("job131_request_seconds_bucket", {"route": route, "le": limit}, reached))
            found.append(sample("job131_request_seconds_sum", {"route": route}, round(seconds[route], 6)))
            found.append(sample("job131_request_seconds_count", {"route": route}, reached))
        return found


def series(name: str, kind: str, about: str, samples: Iterable[Sample]) -> list[str]:
    """One metric with its samples."""
    return [f"# HELP {name} {about}", f"# TYPE {name} {kind}", *(sample(name, *one) for one in samples)]


def sample(name: str, labels: Labels, value: float) -> str:
    """One line."""
    inner = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{inner}}} {value:.15g}" if inner else f"{name} {value:.15g}"


def _escaped(text: str) -> str:
    """A label as the format writes it."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
