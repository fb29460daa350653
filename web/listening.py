"""How the server of the pages listens: patience with slow lines that does not cost the others anything.

In: a `WebConfig`. Out: settings of waitress. Its threads only ever see whole requests; what has not come or not gone
yet waits in buffers, those above a megabyte in nameless temporary files.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.config import WebConfig

THREADS = 8
MOST_CONNECTIONS, MOST_ON_WINDOWS = 1_000, 400
"""Open connections; on Windows one process can watch 512 sockets at the most."""
IDLE_SECONDS = 60
MEGABYTE = 1 << 20


def server_settings(config: WebConfig) -> dict[str, object]:
    """Limits of connections, times and sizes; a body of up to twice the most is told so by a page of ours."""
    proxy: dict[str, object] = {}
    if config.trusted_proxy:
        named = {"trusted_proxy": config.trusted_proxy, "trusted_proxy_count": 1}
        proxy = {**named, "trusted_proxy_headers": {"x-forwarded-for"}}
    return {
        **proxy,
        "threads": THREADS,
        "ident": "",
        "clear_untrusted_proxy_headers": True,
        "connection_limit": MOST_ON_WINDOWS if os.name == "nt" else MOST_CONNECTIONS,
        "asyncore_use_poll": os.name != "nt",
        "channel_timeout": IDLE_SECONDS,
        "cleanup_interval": IDLE_SECONDS // 6,
        "max_request_header_size": 32 * 1024,
        "max_request_body_size": 2 * config.max_body_bytes,
        "outbuf_overflow": MEGABYTE,
        "outbuf_high_watermark": 256 * MEGABYTE,
    }
