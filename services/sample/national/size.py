"""How much of everything the national data set holds for each cluster; SCALE multiplies the clusters."""

from __future__ import annotations

from typing import Final

CLUSTERS: Final = 1_000
PRODUCTS: Final = 2
INSTITUTIONS: Final = 3
STAKEHOLDERS: Final = 200
MEMBERS: Final = 100
NETWORKS: Final = 5
NETWORK_MEMBERS: Final = 5
SUB_PROJECTS: Final = 50
MILESTONES: Final = 2
COMMITMENTS: Final = 10
SEATS: Final = 3
