"""Rows that went with a renamed village; one threshold for one alert; errands; lists of a term on the common boards."""

import json
import os

import sqlalchemy as sa
from alembic import context, op

from matcher.store.sealing import KeyRing, place_of

revision = "0032"
down_revision = "0031"

_NOW = {"visiting.lost_least": "alerts.employer_losses", "cooperation.returns_least": "alerts.beijing_returns"}
_NO_MORE = ("visiting.lost_days", "cooperation.returns_days")
"""Values of policy that an office may have entered for alerts that told the same fact twice."""


def upgrade() -> None:
    """The table, and values entered for the second alert of a fact under the name of the one that stays."""
    for was, name in _NOW.items():
        op.execute(sa.text("UPDATE policy_value SET name = :name WHERE name = :was").bindparams(name=name, was=was))
    for name in _NO_MORE:
        op.execute(sa.text("DELETE FROM policy_value WHERE name = :name").bindparams(name=name))
    op.create_table(
        "village_follow",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("batch", sa.String(32), nullable=False),
        sa.Column("of_table", sa.Text(), nullable=False, server_default=""),
        sa.Column("row_key", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_village_follow")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_village_follow_batch"), "village_follow", ["batch"])
    _errands()
    op.add_column("publicity", sa.Column("matter", sa.Text(), server_default="", nullable=False))
    _lists_of_terms(context.config.attributes["keys"])
    op.drop_index("ix_rain_dew_publicity_division", table_name="rain_dew_publicity")
    op.drop_table("rain_dew_publicity")


def _lists_of_terms(keys: KeyRing) -> None:
    """Lists of a school term hang where all notices hang; what was objected is sealed anew for its new row."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT * FROM rain_dew_publicity ORDER BY key")).mappings().all()
    for row in rows:
        said = json.loads(keys.unseal(bytes(row["body"]), place_of("rain_dew_publicity", "body", row["uid"])))["said"]
        done = {"": "", "upheld": "cancelled"}.get(row["verdict"], "passed")
        new = {name: row[name] for name in ("uid", "level", "division", "village", "notice_from", "actor")}
        new |= {"topic": "YULU", "matter": row["term"], "until": row["notice_to"], "decision": done}
        new |= {"on": row["closed_on"], "by": row["actor"] if done else "", "at": row["changed_at"]}
        new["body"] = bytes(keys.seal(b"", place_of("publicity", "body", row["uid"])))
        connection.execute(_NOTICE, new)
        key = connection.scalar(sa.text("SELECT key FROM publicity WHERE uid = :uid"), {"uid": row["uid"]})
        for _ in range(row["objections"]):
            uid = os.urandom(16).hex()
            told = json.dumps({"text": said, "by": "", "answer": said}, ensure_ascii=False).encode()
            body = bytes(keys.seal(told, place_of("publicity_objection", "body", uid)))
            outcome = "upheld" if row["verdict"] == "upheld" else "dismissed"
            objection = {"uid": uid, "key": key, "on": row["closed_on"], "outcome": outcome, "body": body}
            connection.execute(_OBJECTION, objection | {"actor": row["actor"], "at": row["changed_at"]})


_NOTICE = sa.text(
    "INSERT INTO publicity (uid, topic, matter, level, division, village, notice_from, notice_until, decision,"
    " decided_on, decided_by, body, actor, recorded_at) VALUES (:uid, :topic, :matter, :level, :division, :village,"
    " :notice_from, :until, :decision, :on, :by, :body, :actor, :at)"
)
_OBJECTION = sa.text(
    "INSERT INTO publicity_objection (uid, publicity_key, told_on, outcome, answered_on, body, actor, recorded_at)"
    " VALUES (:uid, :key, :on, :outcome, :on, :body, :actor, :at)"
)


def _errands() -> None:
    """Work ordered by somebody and done in the background."""
    texts = [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("kind", "state", "actor")]
    texts += [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("division", "message")]
    op.create_table(
        "errand",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        *texts,
        sa.Column("fair_key", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("began_at", sa.String(32), nullable=True),
        sa.Column("done_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_errand")),
        sa.UniqueConstraint("uid", name=op.f("uq_errand_uid")),
        sqlite_autoincrement=True,
    )
    for name in ("state", "actor"):
        op.create_index(op.f(f"ix_errand_{name}"), "errand", [name])


def downgrade() -> None:
    """Without it."""
    op.drop_column("publicity", "matter")
    _term_lists_apart()
    op.drop_table("errand")
    op.drop_table("village_follow")


def _term_lists_apart() -> None:
    """The old table, empty: what hangs stays on the common boards."""
    texts = [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("term", "level", "division")]
    texts += [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("village", "verdict", "actor")]
    op.create_table(
        "rain_dew_publicity",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        *texts,
        sa.Column("notice_from", sa.Date(), nullable=False),
        sa.Column("notice_to", sa.Date(), nullable=False),
        sa.Column("objections", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rain_dew_publicity")),
        sa.UniqueConstraint("uid", name=op.f("uq_rain_dew_publicity_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rain_dew_publicity_division"), "rain_dew_publicity", ["division"])
