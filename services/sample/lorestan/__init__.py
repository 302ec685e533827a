"""The cluster of gelim, jajim and mashteh of Lorestan: public facts, role titles instead of persons."""
