"""Where the work of a run is done: on this machine, or by a cluster.

In: an engine's name and a cluster's address. Out: an engine that is closed at the end of the with block.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec

from matcher.domain.errors import ClusterUnavailable
from matcher.engines.local import LocalEngine
from matcher.parts import Engine

__all__ = ["ENGINES", "Engine", "LocalEngine", "open_engine", "require_dask"]

ENGINES = ("local", "dask")


def open_engine(name: str, cluster: str = "") -> AbstractContextManager[Engine]:
    """The engine of a name; Dask only where it is installed."""
    if name == "local":
        return nullcontext(LocalEngine())
    require_dask()
    from matcher.engines.dask import open_dask

    return open_dask(cluster)


def require_dask() -> None:
    """One clear line where the extra is not installed."""
    if find_spec("distributed") is None:
        raise ClusterUnavailable("这要先安装：pip install 'job131[cluster]'")
