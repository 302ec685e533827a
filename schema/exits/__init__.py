"""The noun exits: the gradual exit of the development agent, from self-reliance to the last hand-over."""
