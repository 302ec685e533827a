"""How the national office words what people are told."""
