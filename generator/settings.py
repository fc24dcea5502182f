"""What handbook.yml and pack.yml hold: the organisation, its words, units and levels."""

from typing import Literal

from generator.kinds.parts import Item, Visibility
from generator.messages import spoken_language
from generator.problems import Level
from generator.values import Address, Date, Flag, ProseText, RoleRef, Slug, Strict, Text, Whole


class Words(Strict):
    """A word in each language of the handbook."""

    zh: Text
    """In Chinese."""
    en: Text
    """In English."""

    @property
    def spoken(self) -> str:
        """In the language that is being spoken."""
        return str(getattr(self, spoken_language()))


class Unit(Words):
    """A unit that limits may use."""

    zh: Text
    """As shown in Chinese, such as 声 or 分钟."""
    en: Text
    """As shown in English."""
    one: Text | None = None
    """As shown in English with the number 1."""


class Condition(Words):
    """A condition that records may apply under."""

    zh: Text
    """Name in Chinese."""
    en: Text
    """Name in English."""
    precedence: Whole
    """Of two conditions that hold at once, the higher one wins."""


class Shift(Words):
    """A shift that routines are made for."""

    zh: Text
    """Name in Chinese."""
    en: Text
    """Name in English."""


class Publication(Strict):
    """One visibility ceiling in its own output."""

    title: Text
    """The site's name."""
    visibility: Visibility
    """The most confidential records it may show."""
    languages: list[Literal["zh", "en"]]
    """Its editions."""
    private_hosting: Text | None = None
    """Why this may be hosted although it is not public; required above public."""


class Wording(Strict):
    """Words that checks look for."""

    vague: list[Text] = []
    """Words that say no limit: 及时, 尽快."""
    forbidden: list[Text] = []
    """Words that must never appear in anything we say or ask people to say."""
    backstage: list[Text] = []
    """Words of our trade that customers and colleagues at the counter do not use."""


class Settings(Strict):
    """handbook.yml."""

    organisation: Text
    """Name of the organisation."""
    brand: Text
    """Its name as spoken to customers."""
    philosophy: ProseText
    """What the organisation wants to be for its customers."""
    languages: list[Literal["zh", "en"]]
    """The languages of the handbook; the first is the one it is written in."""
    report_to: Address
    """Where report links lead: a web or mailto: address."""
    ask_first: RoleRef
    """The post to ask wherever nothing is settled."""
    publications: dict[Slug, Publication]
    """The publications by name."""
    publish: Slug
    """The publication that the Pages workflow publishes."""
    units: dict[str, Unit]
    """The units that limits may use, as typed in limits."""
    conditions: dict[Slug, Condition] = {}
    """The conditions that records may apply under."""
    remedies: dict[Slug, Words] = {}
    """What may be offered to a customer; authority rows and classes name these."""
    shifts: dict[Slug, Shift] = {}
    """The shifts that routines are made for, in the order of the day."""
    synonyms: list[list[Text]] = []
    """Groups of words that mean the same to whoever searches: what people say, what the handbook writes."""
    lead_days: Whole = 0
    """Days between approval and the day a MAJOR comes into force, so that people can be trained."""
    levels: dict[str, Level] = {}
    """Level of a rule where it differs from the rule's own: error, warning, off."""
    wording: Wording = Wording()
    """Words that checks look for."""


class Pack(Strict):
    """pack.yml: one business line or department."""

    title: Text
    """Name of the pack."""
    summary: Text
    """One sentence: what it covers."""
    icon: Text | None = None
    """Name of a Material icon."""
    order: Whole
    """Position in the navigation."""
    owner: RoleRef
    """The post that answers for the pack."""
    brand: Text | None = None
    """Its name as spoken to customers, where it is not the handbook's."""
    ask_first: RoleRef | None = None
    """The post to ask wherever nothing is settled, where it is not the handbook's."""
    visibility: Visibility
    """Visibility of records that do not say their own."""
    philosophy: ProseText | None = None
    """What the pack wants to be for its customers."""
    goals: list[Item] = []
    """Goals, specific and measurable."""
    reviewed: Date | None = None
    """Day the pack was last reviewed as a whole."""
    synonyms: list[list[Text]] = []
    """Groups of words that mean the same, beside those of handbook.yml: what people of this line say."""
    demonstration: Flag = False
    """true marks sample content of an invented organisation."""
