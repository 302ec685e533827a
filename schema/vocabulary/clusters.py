"""The words for clusters: their state, level of development, products and places."""

from schema.vocabulary.term import Term


class ClusterStatus(Term):
    """Where a cluster stands, from identification in its province to life after the project (E1)."""

    IDENTIFIED = "IDENTIFIED", "شناسایی‌شده", "Identified"
    PRIORITISED = "PRIORITISED", "اولویت‌بندی‌شده", "Prioritised"
    FEASIBILITY = "FEASIBILITY", "امکان‌سنجی", "Feasibility study"
    UNDER_DEVELOPMENT = "UNDER_DEVELOPMENT", "در حال توسعه", "Under development"
    COMPLETED = "COMPLETED", "خاتمه‌یافته", "Completed"
    DEVELOPED = "DEVELOPED", "توسعه‌یافته", "Developed"
    DORMANT = "DORMANT", "غیرفعال", "Dormant"


class FeasibilityRecommendation(Term):
    """What a feasibility study recommends of a cluster, before any project (E1)."""

    FEASIBLE = "FEASIBLE", "امکان‌پذیر", "Feasible"
    CONDITIONALLY_FEASIBLE = "CONDITIONALLY_FEASIBLE", "امکان‌پذیر مشروط", "Feasible under conditions"
    NOT_FEASIBLE = "NOT_FEASIBLE", "امکان‌ناپذیر", "Not feasible"


class DevelopmentLevel(Term):
    """The level of development of a cluster: one scale for study, assessments and exit (S3, S11, A22).

    The source asks for "an appropriate level" and names "developed clusters", quantifying neither (R55):
    five ordered levels let a threshold be configured below the highest, and match the ratings of 1 to 5.
    """

    NASCENT = "NASCENT", "نوپا", "Nascent"
    EMERGING = "EMERGING", "در حال شکل‌گیری", "Emerging"
    GROWING = "GROWING", "رو به رشد", "Growing"
    MATURING = "MATURING", "رو به بلوغ", "Maturing"
    DEVELOPED = "DEVELOPED", "توسعه‌یافته", "Developed"


class ProductKind(Term):
    """The line of business a product of a cluster belongs to."""

    HANDWOVEN_TEXTILE = "HANDWOVEN_TEXTILE", "دست‌بافته", "Handwoven textile"
    HANDICRAFT = "HANDICRAFT", "صنایع دستی", "Handicraft"
    TEXTILE_CLOTHING = "TEXTILE_CLOTHING", "نساجی و پوشاک", "Textile and clothing"
    LEATHER_FOOTWEAR = "LEATHER_FOOTWEAR", "چرم و کفش", "Leather and footwear"
    FOOD = "FOOD", "صنایع غذایی", "Food"
    AGRICULTURE = "AGRICULTURE", "کشاورزی و گیاهان دارویی", "Agriculture and medicinal plants"
    FISHERY = "FISHERY", "شیلات", "Fishery"
    STONE_MINERAL = "STONE_MINERAL", "سنگ و کانی غیرفلزی", "Stone and non-metallic minerals"
    METAL_MACHINERY = "METAL_MACHINERY", "فلز و ماشین‌سازی", "Metal and machinery"
    WOOD_FURNITURE = "WOOD_FURNITURE", "چوب و مبلمان", "Wood and furniture"
    CHEMICAL_PLASTIC = "CHEMICAL_PLASTIC", "شیمیایی و پلاستیک", "Chemicals and plastics"
    SERVICE = "SERVICE", "خدمات و گردشگری", "Services and tourism"
    OTHER = "OTHER", "سایر", "Other"


class PlaceKind(Term):
    """What sort of settlement a place is."""

    CITY = "CITY", "شهر", "City"
    VILLAGE = "VILLAGE", "روستا", "Village"
