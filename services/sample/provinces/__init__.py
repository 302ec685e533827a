"""One cluster for every other province: real crafts of the place, everything else invented and marked so."""
