"""The peers find what a person asks for, so that their seconds are those of real work."""

from __future__ import annotations

import pytest

from matcher.trials.peers import PEERS, Peer, bigrams, time_peers

TITLES = ["电焊工", "保洁员", "肉牛饲养员", "家政服务员", "大货车司机", "餐厅服务员"] + [f"销售{n}" for n in range(60)]
PEOPLE = ["会电焊 电焊工", "想干保洁员", "给人喂过牛 肉牛饲养", "大货车司机"]
SOUGHT = [0, 1, 2, 4]


@pytest.mark.parametrize(("name", "peer"), [(name, peer) for name, peer, _ in PEERS])
def test_a_peer_finds_the_title_that_was_asked_for(name: str, peer: Peer) -> None:
    found = peer(PEOPLE, TITLES, 3)
    assert found.shape == (len(PEOPLE), 3)
    for row, sought in zip(found.tolist(), SOUGHT, strict=True):
        assert sought in row, name


def test_everybody_is_timed_and_the_fastest_comes_first() -> None:
    timings = time_peers(PEOPLE, TITLES, repeats=1)
    assert {timing.name for timing in timings} == {name for name, _, _ in PEERS}
    assert [timing.seconds for timing in timings] == sorted(timing.seconds for timing in timings)
    assert all(timing.asked == len(PEOPLE) for timing in timings)


def test_words_of_chinese_are_pairs_of_characters() -> None:
    assert bigrams("电焊工") == "电焊 焊工"
    assert bigrams("工") == "工"
