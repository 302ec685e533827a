"""Who somebody is: credentials looked up, sessions and tokens given out, passwords checked."""
