"""`job131 feed`: postings from and for others.

In: the words typed. Out: the commands of the group.
"""

from __future__ import annotations

import click

from jobs_feed.publish_cli import consent_command, publish_command


@click.group()
def feed() -> None:
    """岗位源：接收和共享 · postings from and for others."""


feed.add_command(publish_command)
feed.add_command(consent_command)
