"""Files on their way in and out: what they are, where they lie, who gets them."""
