"""Posts of the three kinds of projects that are set apart for resettled people: each project, each kind, the total.

In: an office, a scope, what was reported. Out: records changed; ratios and which of them are below the share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.settled import ProjectKind, ProjectPosts
from matcher.listings import Scope
from matcher.office import Office

MOST_POSTS = 100_000


@dataclass(frozen=True, slots=True)
class Sum:
    """Some projects together."""

    kind: ProjectKind | None
    projects: int
    posts_total: int
    posts_resettled: int

    @property
    def ratio(self) -> float | None:
        """Share of the posts, None without posts."""
        return self.posts_resettled / self.posts_total if self.posts_total else None

    def short(self, share: float) -> int:
        """How many posts are missing to the share."""
        return missing(self.posts_total, self.posts_resettled, share)


def missing(total: int, resettled: int, share: float) -> int:
    """How many more of the posts have to go to resettled people, rounded up."""
    asked = -(-round(total * share * 1_000) // 1_000)
    return max(0, asked - resettled)


def sums(projects: Sequence[ProjectPosts]) -> list[Sum]:
    """Each kind and, last, everything."""
    found = [_sum(kind, [one for one in projects if one.kind is kind]) for kind in ProjectKind]
    return [*found, _sum(None, projects)]


def _sum(kind: ProjectKind | None, projects: Sequence[ProjectPosts]) -> Sum:
    """Some projects added up."""
    total, resettled = sum(one.posts_total for one in projects), sum(one.posts_resettled for one in projects)
    return Sum(kind, len(projects), total, resettled)


def save_posts(office: Office, scope: Scope, posts: ProjectPosts, *, actor: str) -> int:
    """Keeps the posts of a project, or changes them; the key."""
    if not posts.name:
        raise InputRefused("没有写项目名称，没有保存")
    if not office.gazetteer.place(posts.division).known or not lies_within(posts.division, scope.division):
        raise InputRefused("没有选清项目在哪个旗县，没有保存")
    if not 0 <= posts.posts_resettled <= posts.posts_total <= MOST_POSTS:
        raise InputRefused(
            f"岗位总数 {posts.posts_total}、其中搬迁群众 {posts.posts_resettled}，对不上，没有保存；请核对两个数"
        )
    if posts.reported_on > office.today():
        raise InputRefused("填报日期还没有到，没有保存")
    with office.unit(actor) as unit:
        key = posts.key
        if key:
            unit.project_posts.get(key, division=scope.division)
            unit.project_posts.change(posts)
        else:
            key = unit.project_posts.add(posts)
        unit.audit.note("project_posts_saved", subject=f"project_posts:{key}")
    return key


def remove_posts(office: Office, scope: Scope, key: int, *, actor: str) -> None:
    """Takes a project out of the table."""
    with office.unit(actor) as unit:
        unit.project_posts.get(key, division=scope.division)
        unit.project_posts.remove(key)
        unit.audit.note("project_posts_removed", subject=f"project_posts:{key}")
