"""Work near home: the register, and public-welfare posts with the people who hold them."""

from web.pages.local_work import bringing, cooperatives, holders, lists, posts, projects, workshops

ROOMS = (projects, bringing, cooperatives, workshops, posts, holders, lists)

__all__ = ["ROOMS"]
