"""What is sensitive is sealed, opens only in its place and with its keys, and is nowhere in clear."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, text, update

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import KeyMissing
from matcher.domain.run import MatchRun
from matcher.store import KeyRing, Store, create_key_file, open_store, read_key_file
from matcher.store.schema import KEY_CHECK, WORKER
from matcher.store.sealing import SealBroken, SealedBytes, place_of
from matcher.store.session import open_engine
from tests.matcher.store.records import (
    ID_NUMBER,
    PHONE,
    REMARK,
    a_class,
    a_plan,
    a_posting,
    a_worker,
    worker_facts,
)

HERE = place_of("worker", "body", "a1")


def test_a_value_opens_only_where_it_was_sealed(keys: KeyRing) -> None:
    sealed = keys.seal(b"chronic", HERE)
    assert keys.unseal(sealed, HERE) == b"chronic"
    for elsewhere in (("worker", "facts", "a1"), ("plan", "body", "a1"), ("worker", "body", "a2")):
        with pytest.raises(SealBroken):
            keys.unseal(sealed, place_of(*elsewhere))


def test_the_same_words_never_seal_alike(keys: KeyRing) -> None:
    assert len({keys.seal(b"chronic", HERE) for _ in range(100)}) == 100


@pytest.mark.parametrize("position", [0, 1, 5, 14, -1])
def test_a_changed_byte_is_noticed(keys: KeyRing, position: int) -> None:
    changed = bytearray(keys.seal(b"chronic", HERE))
    changed[position] ^= 1
    with pytest.raises(SealBroken):
        keys.unseal(bytes(changed), HERE)


@pytest.mark.parametrize("length", [0, 1, 2, 14, 20])
def test_a_cut_value_is_noticed(keys: KeyRing, length: int) -> None:
    with pytest.raises(SealBroken):
        keys.unseal(keys.seal(b"chronic", HERE)[:length], HERE)


def test_blind_indexes_depend_on_the_key_and_the_purpose(keys: KeyRing, tmp_path: Path) -> None:
    create_key_file(tmp_path / "other")
    other = read_key_file(tmp_path / "other")
    assert keys.blind("id", ID_NUMBER) == keys.blind("id", ID_NUMBER)
    assert len({keys.blind("id", ID_NUMBER), keys.blind("phone", ID_NUMBER), other.blind("id", ID_NUMBER)}) == 3
    assert keys.blind("id", "") == ""


def test_the_key_file_is_for_its_owner_only_and_never_overwritten(key_file: Path) -> None:
    before = key_file.read_bytes()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert create_key_file(key_file) is False
    assert key_file.read_bytes() == before
    assert list(key_file.parent.iterdir()) == [key_file]


@pytest.mark.parametrize(
    "damage",
    ["", "{}", "[]", "not json", '{"ciphers": {"1": "AAAA"}, "current": 1, "index": "AAAA", "audit": "AAAA"}'],
)
def test_a_damaged_key_file_is_refused_in_one_line(key_file: Path, damage: str) -> None:
    key_file.write_text(damage, encoding="utf-8")
    with pytest.raises(KeyMissing) as refused:
        read_key_file(key_file)
    assert "密钥文件已损坏" in refused.value.message
    assert "\n" not in refused.value.message


def test_a_missing_key_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="找不到密钥文件"):
        read_key_file(tmp_path / "nothing")


def test_an_older_key_still_opens_what_it_sealed(key_file: Path, keys: KeyRing) -> None:
    old = keys.seal(b"chronic", HERE)
    body = json.loads(key_file.read_text(encoding="utf-8"))
    body["ciphers"]["2"], body["current"] = body["index"], 2
    key_file.write_text(json.dumps(body), encoding="utf-8")
    rotated = read_key_file(key_file)
    fresh = rotated.seal(b"healthy", HERE)
    assert (rotated.unseal(old, HERE), rotated.unseal(fresh, HERE)) == (b"chronic", b"healthy")
    with pytest.raises(SealBroken, match="缺少对应的密钥"):
        keys.unseal(fresh, HERE)


def test_a_sealed_column_refuses_what_was_not_sealed(store: Store, url: str) -> None:
    engine = open_engine(url)
    with pytest.raises(Exception, match="takes only what KeyRing.seal returned"), engine.begin() as connection:
        connection.execute(insert(KEY_CHECK).values(uid="x", probe=b"in clear"))
    engine.dispose()


def test_other_keys_do_not_open_the_database(store: Store, url: str, tmp_path: Path) -> None:
    create_key_file(tmp_path / "other")
    stranger = open_store(url, read_key_file(tmp_path / "other"))
    with pytest.raises(KeyMissing, match="不配"):
        stranger.check()
    with pytest.raises(KeyMissing, match="不配"):
        stranger.migrate()
    stranger.close()


def test_a_value_moved_to_another_row_does_not_open(store: Store, url: str) -> None:
    with store.unit() as unit:
        first, second = unit.workers.add(a_worker("NM-1")), unit.workers.add(a_worker("NM-2"))
    engine = open_engine(url)
    with engine.begin() as connection:
        body = connection.scalar(text("SELECT body FROM worker WHERE key = :key"), {"key": first})
        moved = update(WORKER).where(WORKER.c.key == second)
        connection.execute(moved.values(body=SealedBytes(body)))
    engine.dispose()
    with store.reading() as unit:
        assert unit.workers.get(first).value.ref == "NM-1"
        with pytest.raises(SealBroken):
            unit.workers.get(second)


def test_nothing_sensitive_stands_in_the_files_in_clear(tmp_path: Path, keys: KeyRing) -> None:
    store = open_store(f"sqlite:///{tmp_path}/job131.db", keys)
    store.migrate()
    with store.unit() as unit:
        worker = unit.workers.add(a_worker(), worker_facts())
        posting = unit.postings.add(a_posting())
        unit.classes.add(a_class())
        run = unit.runs.create(MatchRun(as_of=a_plan(worker).made_on))
        plan = unit.plans.put_many(run, [a_plan(worker, posting)])[0]
        unit.plans.answers.record(plan, posting, AnswerKind.NOT_WANTED, on=a_plan(worker).made_on, reason="腿脚不便")
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("job131.db"))
    assert "包雪梅".encode() in stored
    secrets = [ID_NUMBER, ID_NUMBER[:14], PHONE, REMARK, "饥荒", "膝盖", "长期慢性病", "HOURS", "孟和", "腿脚"]
    secrets += ["13900005678", "王经理", "13700009999", "1979-03-02", "SKILL_COVER"]
    assert [word for word in secrets if word.encode() in stored] == []
    store.close()


def test_the_reader_of_files_would_see_what_is_in_clear(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/clear.db")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (words TEXT)"))
        connection.execute(text("INSERT INTO note VALUES (:words)"), {"words": REMARK})
    engine.dispose()
    assert REMARK.encode() in (tmp_path / "clear.db").read_bytes()
