"""Several processes or machines as an engine, by Dask distributed.

In: parts and work. Out: the same answers as anywhere else. What a part is made from stays with the scheduler, so a
worker that dies takes nothing with it: its parts are made again elsewhere. Only columns travel, never who they are.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache, reduce
from hashlib import blake2b
from itertools import cycle
from pathlib import Path
from typing import Any

import dask
from dask.sizeof import sizeof
from distributed import Client, Future, LocalCluster, wait

import matcher
from matcher.domain.errors import ClusterUnavailable
from matcher.parts import Answer, Held, Sum

PEOPLE_A_BLOCK = 4_000
"""A part that is scored in one go: small enough for memory, large enough to be worth sending."""
BLOCKS_A_WORKER = 4
"""At least so many, so that nobody waits long for the last one."""
TOGETHER = 8
"""Answers that are added up in one go, near where they were made."""
SENT_ALONG = 20_000
"""Bytes that go with every question; more are sent once."""
SECONDS_TO_CONNECT = 20
SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1 TiB",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.use-file-locking": False,
}
"""Nothing is written to disk; what parts are made from is meant to be sent."""


@contextmanager
def open_dask(address: str = "", *, workers: int = 0, parts: int = 0) -> Iterator[DaskEngine]:
    """The cluster at an address, or one on this machine with a worker process a core (or so many)."""
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(SETTINGS))
        client = stack.enter_context(_joined(address) if address else _started(workers or os.cpu_count() or 1))
        yield DaskEngine(client, parts)


@contextmanager
def _started(workers: int) -> Iterator[Client]:
    """A cluster of our own that nobody outside this machine can reach."""
    with (
        tempfile.TemporaryDirectory(prefix="job131-", ignore_cleanup_errors=True) as folder,
        dask.config.set({"temporary-directory": folder}),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
            memory_limit="auto",
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def _joined(address: str) -> Iterator[Client]:
    """A cluster that is there already."""
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError) as refused:
        raise ClusterUnavailable(f"连不上集群 {address}：请检查地址，并确认调度进程在运行") from refused
    with client:
        if not client.scheduler_info()["workers"]:
            raise ClusterUnavailable(f"集群 {address} 没有计算进程")
        yield client


class DaskEngine:
    """A cluster; `parts` only shows that parts change nothing."""

    name = "dask"

    def __init__(self, client: Client, parts: int = 0) -> None:
        self._client, self._parts = client, parts
        self._version = program_version()
        self.sent = 0
        """Bytes of all parts and all that was told with them."""

    def blocks(self, people: int) -> int:
        """Blocks of some thousand people, and several for every worker."""
        return self._parts or max(self._workers() * BLOCKS_A_WORKER, -(-people // PEOPLE_A_BLOCK))

    def shares(self, people: int) -> int:
        """One for every worker, so that a round is short and little is asked of the scheduler."""
        return self._parts or self._workers()

    def _workers(self) -> int:
        """How many threads there are to work."""
        return max(1, len(self._client.nthreads()))

    def map(self, work: Callable[..., Answer], parts: Iterator[object], *told: object) -> Iterator[Answer]:
        """Every part to whoever is free."""
        shared = self._broadcast(told)
        waiting = [self._submit(work, part, shared) for part in parts][::-1]
        while waiting:
            (answer,) = _answers(self._client, waiting[-1:])
            waiting.pop()
            yield answer

    def hold(self, make: Callable[..., object], parts: Iterator[object], *told: object) -> Held:
        """The parts dealt out to the workers; one that dies leaves its parts to the others."""
        shared, homes = self._broadcast(told), cycle(sorted(self._client.nthreads()))
        return DaskHeld(self._client, [self._submit(make, part, shared, next(homes, None)) for part in parts])

    def _broadcast(self, told: Sequence[object]) -> Future[Any]:
        """What all are told: sent once, unpacked once a worker, there before the first part comes."""
        shared = self._client.submit(_unpacked, self._packed(tuple(told)), self._version, pure=False)
        wait(shared)
        if shared.status == "finished":
            self._client.replicate(shared)
        return shared

    def _submit(
        self, work: Callable[..., object], part: object, shared: Future[Any], home: str | None = None
    ) -> Future[Any]:
        """work(part, *shared), at a worker if one is named and lives."""
        where = {"workers": [home], "allow_other_workers": True} if home else {}
        return self._client.submit(_made, self._packed(part), work, shared, self._version, pure=False, **where)

    def _packed(self, value: object) -> bytes:
        """Ready to be sent, and counted."""
        packed = pack(value)
        self.sent += len(packed)
        return packed


class DaskHeld:
    """Parts held by workers."""

    def __init__(self, client: Client, parts: Sequence[Future[Any]]) -> None:
        self._client, self._parts = client, list(parts)

    def ask(self, question: Callable[..., Answer], *told: object) -> list[Answer]:
        """The answers of all parts."""
        return list(_answers(self._client, self._each(question, told)))

    def total(self, question: Callable[..., Sum], *told: object) -> Sum:
        """The answers added up where they are, a few at a time."""
        sums = self._each(question, told)
        while len(sums) > TOGETHER:
            groups = [sums[start : start + TOGETHER] for start in range(0, len(sums), TOGETHER)]
            sums = self._client.map(_summed, groups, pure=False)
        total: Sum = _summed(_answers(self._client, sums))
        return total

    def turned(self, step: Callable[..., object], *told: object) -> DaskHeld:
        """The parts after a step, still where they are."""
        return DaskHeld(self._client, self._each(step, told))

    def _each(self, question: Callable[..., object], told: Sequence[object]) -> list[Future[Any]]:
        """question(part, *told) of every part; long arrays are sent once a worker."""
        shared = self._client.submit(tuple, told, pure=False) if sizeof(told) > SENT_ALONG else told
        return list(self._client.map(_asked, self._parts, question=question, told=shared, pure=False))


def pack(value: object) -> bytes:
    """Anything as few bytes."""
    return zlib.compress(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL), level=1)


def _unpacked(packed: bytes, version: str) -> Any:
    """What was packed, by a worker that runs the same program."""
    if version != program_version():
        raise ClusterUnavailable("集群装的 job131 版本和这里不一样，结果会不同：请先装成同一版本")
    return pickle.loads(zlib.decompress(packed))  # nosec B301 - sent by the office of the same program version


def _made(packed: bytes, make: Callable[..., Answer], told: Sequence[object], version: str) -> Answer:
    """A part put to work."""
    return make(_unpacked(packed, version), *told)


def _asked(part: object, *, question: Callable[..., Answer], told: Sequence[object]) -> Answer:
    """What a part answers."""
    return question(part, *told)


def _summed(answers: Sequence[Sum]) -> Sum:
    """A few answers together."""
    return reduce(lambda left, right: left + right, answers)


def _answers(client: Client, futures: Sequence[Future[Any]]) -> Any:
    """What the cluster answers; an import that fails there is said in words."""
    try:
        return client.gather(list(futures))
    except ModuleNotFoundError as missing:
        raise ClusterUnavailable(f"集群上没有装 {missing.name}：每个计算进程都要装同一版本的 job131") from missing


@lru_cache(maxsize=1)
def program_version() -> str:
    """What decides a result beside the data: our own sources and tables, Python and NumPy."""
    import numpy as np

    digest = blake2b(f"{sys.version_info[:2]} {np.__version__}".encode(), digest_size=16)
    home = Path(matcher.__file__).parent
    for path in sorted(home.rglob("*")):
        if path.suffix in {".py", ".csv", ".toml"}:
            digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
