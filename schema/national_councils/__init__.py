"""The national policy council of cluster development, above the committees of the provinces (E8)."""
