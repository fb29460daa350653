"""The policy catalogue: what there is, one offer, a change of it, one person's check, questions, who was told."""

from flask import Blueprint

bp = Blueprint("catalogue", __name__, url_prefix="/policies")
