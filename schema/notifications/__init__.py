"""Who is told what, by which way, and the proof that it arrived."""
