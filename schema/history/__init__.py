"""What happened: the public face of the event rows."""
