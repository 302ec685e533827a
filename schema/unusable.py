"""What people typed and nobody can use: the reason with its remedy, in Persian and in English."""


class Unusable(ValueError):
    """Something typed that cannot be used; `reason_fa` and `reason_en` say why and what to do."""

    def __init__(self, reason_fa: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason_fa = reason_fa
        self.reason_en = reason_en
