"""Which province the trail names for what belongs to no cluster, so that those who administer it find it there."""

from typing import Final

PROVINCE_BY: Final = {
    "ProvincialCommittee": "province_id",
    "CommitteeSeat": "province_id",
    "CommitteeSession": "province_id",
    "County": "province_id",
    "Place": "county_id",
    "SupportInstitution": "province_id",
}
"""The column that leads from a row of each public type to its province; national institutions have none."""
