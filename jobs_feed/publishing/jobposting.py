"""A posting as a schema.org JobPosting.

In: an advert and its frame. Out: a JSON-LD object; only what the advert says, pay in the unit it is stated in.
"""

from __future__ import annotations

import html
import math
import re
from datetime import date

from jobs_feed.publishing.adverts import Advert
from jobs_feed.publishing.frame import Frame
from matcher.domain.posting import Posting, PostingFacts, Shift, Wage, WageUnit
from matcher.reference.divisions import Gazetteer

CONTEXT = "https://schema.org/"
_UNITS = {WageUnit.DAY: "DAY", WageUnit.HOUR: "HOUR", WageUnit.YEAR: "YEAR"}
_MONTHS_A_YEAR = 12
_PROVINCE, _PREFECTURE = 2, 4
LANGUAGE = "zh-CN"
TIME_ZONE = "+08:00"

Node = dict[str, object]


def job_posting(advert: Advert, frame: Frame, gazetteer: Gazetteer, *, address: str = "") -> Node:
    """The JSON-LD of an advert."""
    posting, facts = advert.posting, advert.facts
    node: Node = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "title": posting.title,
        "description": description_html(posting),
        "identifier": {"@type": "PropertyValue", "name": frame.instance, "value": advert.ref},
        "datePosted": advert.first_on.isoformat(),
        "employmentType": employment_type(facts),
        "hiringOrganization": _organisation(posting),
        "directApply": False,
        "inLanguage": LANGUAGE,
    }
    if posting.deadline is not None:
        node["validThrough"] = end_of(posting.deadline)
    if facts.at_home.value or facts.anywhere.value:
        node["jobLocationType"] = "TELECOMMUTE"
        node["applicantLocationRequirements"] = {"@type": "Country", "name": "CN"}
    node["jobLocation"] = _location(posting, gazetteer)
    if facts.wage is not None and (pay := base_salary(facts.wage)) is not None:
        node["baseSalary"] = pay
    if posting.openings is not None:
        node["totalJobOpenings"] = posting.openings
    node |= _texts(posting)
    if address:
        node["url"] = address
    return node


def end_of(day: date) -> str:
    """The last moment of a day."""
    return f"{day.isoformat()}T23:59:59{TIME_ZONE}"


def description_html(posting: Posting) -> str:
    """The words of the advert as HTML text; the title where it has no others."""
    lines = [html.escape(line) for line in (posting.description or posting.title).splitlines()]
    return "<p>" + "<br>".join(lines) + "</p>"


def employment_type(facts: PostingFacts) -> str:
    """How one is employed, as far as the advert says."""
    wage = facts.wage
    if facts.shift.value is Shift.PART_TIME:
        return "PART_TIME"
    if facts.season.value is not None:
        return "TEMPORARY"
    if wage is not None and wage.unit in (WageUnit.DAY, WageUnit.HOUR):
        return "PER_DIEM"
    if wage is not None and wage.unit is WageUnit.ORDER:
        return "CONTRACTOR"
    return "FULL_TIME" if wage is not None and wage.unit in (WageUnit.MONTH, WageUnit.YEAR) else "OTHER"


def base_salary(wage: Wage) -> Node | None:
    """Pay in the unit of the advert; None where it names no amount."""
    if wage.low is None and wage.high is None:
        return None
    factor = _months_pay(wage)
    unit = _UNITS.get(wage.unit, "MONTH") if factor != 1 else "MONTH"
    value: Node = {"@type": "QuantitativeValue", "unitText": unit}
    low, high = _amount(wage.low, factor), _amount(wage.high, factor)
    if low is not None and low == high:
        value["value"] = low
    else:
        value |= {name: amount for name, amount in (("minValue", low), ("maxValue", high)) if amount is not None}
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": value}


def _months_pay(wage: Wage) -> float:
    """How many units of the advert's pay a month's pay is; 1 where it was not converted."""
    if wage.unit is WageUnit.YEAR:
        return 1 / _MONTHS_A_YEAR
    if wage.unit in _UNITS and wage.assumption:
        return math.prod(float(number) for number in re.findall(r"\d+(?:\.\d+)?", wage.assumption))
    return 1


def _amount(yuan: float | None, factor: float) -> float | int | None:
    """An amount of one unit, without a fraction of a fen."""
    if yuan is None:
        return None
    amount = round(yuan / factor, 2)
    return int(amount) if amount.is_integer() else amount


def _organisation(posting: Posting) -> Node:
    """Who hires."""
    node: Node = {"@type": "Organization", "name": posting.employer}
    if posting.uscc:
        node["identifier"] = {"@type": "PropertyValue", "propertyID": "USCC", "value": posting.uscc}
    if posting.phone:
        contact: Node = {"@type": "ContactPoint", "telephone": posting.phone}
        node["contactPoint"] = contact | ({"name": posting.contact} if posting.contact else {})
    return node


def _location(posting: Posting, gazetteer: Gazetteer) -> Node:
    """Where the work is: province, prefecture and county as far as they are known."""
    place = posting.place
    address: Node = {"@type": "PostalAddress", "addressCountry": "CN"}
    region = gazetteer.divisions.get(place.code[:_PROVINCE] + "0000") if place.code else None
    outer = gazetteer.divisions.get(place.code[:_PREFECTURE] + "00") if place.code else None
    county = gazetteer.divisions.get(place.county) if place.county else None
    if region is not None:
        address["addressRegion"] = region.name
    names = [one.name for one in (outer, county) if one is not None and one is not region]
    if names or place.name:
        address["addressLocality"] = "".join(names) or place.name
    if place.text:
        address["streetAddress"] = place.text
    node: Node = {"@type": "Place", "address": address}
    if place.lat is not None and place.lon is not None:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return node


def _texts(posting: Posting) -> Node:
    """What stands in columns of its own."""
    texts = {
        "educationRequirements": posting.education_text,
        "qualifications": posting.certificate_text,
        "experienceRequirements": posting.experience_text,
        "workHours": posting.hours_text,
        "jobBenefits": "；".join(text for text in (posting.board_text, posting.insurance_text) if text),
        "physicalRequirement": posting.load_text,
    }
    return {name: text for name, text in texts.items() if text}
