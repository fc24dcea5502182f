"""The envelope: what every record carries, whatever its kind."""

from typing import Literal

from generator.kinds.parts import Obligation, Visibility
from generator.values import (
    AnyRef,
    BaseRef,
    Date,
    FigureFile,
    Flag,
    LocationRef,
    ProseText,
    ReferenceRef,
    RoleRef,
    Slug,
    Strict,
    Text,
    VersionText,
)


class Citation(Strict):
    """Where a statement comes from."""

    reference: ReferenceRef
    """The reference record."""
    clause: Text
    """The clause in it, as listed in the reference record."""
    basis: Literal["stated", "derived", "ours"]
    """stated: the source says it; derived: it follows from the source; ours: the source leaves it open."""
    note: Text | None = None
    """What exactly is taken, or what is ours."""


class Gap(Strict):
    """Something not settled yet; each gap ends in a person."""

    id: Slug
    """Short name of the gap, unique in its list."""
    text: Text
    """What is not settled, as a question."""
    until_then: RoleRef
    """The post to ask until it is settled."""


class Approval(Strict):
    """Who put the record in force."""

    on: Date
    """The day of approval."""
    by: RoleRef
    """The post that approved."""
    evidence: Text
    """Minutes, letter or pull request that shows it."""


class Review(Strict):
    """The last complete check of the content."""

    on: Date
    """The day of the review."""
    by: RoleRef
    """The post that reviewed."""


class Distribution(Strict):
    """Who must receive the version in force; without it, the roles the record concerns."""

    roles: list[RoleRef] = []
    """The posts that receive it."""
    locations: list[LocationRef] = []
    """The places it is valid at; none means all."""


class Figure(Strict):
    """An image from the pack's figures/ folder."""

    file: FigureFile
    """The file's name, without a folder."""
    alt: Text
    """What the image shows, for people who cannot see it."""
    caption: Text
    """The line below the image."""
    licence: Text | None = None
    """Whose image it is and under which terms."""


class Change(Strict):
    """What a version changed, for the people who work by it."""

    version: VersionText
    """The version."""
    on: Date
    """The day it was written."""
    note: Text
    """What is different, in words a reader understands."""


class Waiver(Strict):
    """A check that does not apply here, with its reason."""

    check: Slug
    """The rule's name, as in the message's brackets."""
    reason: Text
    """Why it does not apply here."""
    until: Date
    """The day the waiver ends."""


class Envelope(Strict):
    """What every record carries, whatever its kind."""

    title: Text
    """Name as people at work say it."""
    summary: Text
    """One sentence: what it is for."""
    code: Text | None = None
    """The organisation's own document number; unique, never reused."""
    replaces: list[Text] = []
    """Document numbers or titles that this record replaces."""
    aliases: list[Text] = []
    """Other names for the same thing."""
    asks: list[Text] = []
    """What people really type or ask when they look for this."""
    extends: BaseRef | None = None
    """The record and MAJOR that this one is tailored from; only what differs is written here."""
    may_vary: dict[str, Text] = {}
    """Which fields records tailored from this one may change, each with its range or `any`."""
    status: Literal["draft", "approved", "withdrawn"]
    """draft: being written; approved: in force from `effective`; withdrawn: out of use after `ends`."""
    version: VersionText
    """MAJOR.MINOR; MAJOR moves when the meaning changes, MINOR when only the wording does."""
    effective: Date
    """First day this MAJOR is in force."""
    ends: Date | None = None
    """Last day it is in force, if it is known to end."""
    review_by: Date
    """Day by which the owner must have reviewed it."""
    owner: RoleRef
    """The post that answers for the content."""
    author: RoleRef | None = None
    """The post that wrote it."""
    reviewer: RoleRef | None = None
    """The post that reviews it."""
    approved: Approval | None = None
    """Who put it in force; required when approved."""
    reviewed: Review | None = None
    """The last complete check."""
    distribution: Distribution | None = None
    """Who must receive it; default: the roles it concerns."""
    retention: Text | None = None
    """How long old versions or filled forms are kept."""
    visibility: Visibility | None = None
    """public, internal or restricted; default: the pack's."""
    emergency: Flag = False
    """true puts it on the emergency page."""
    obligation: Obligation | None = None
    """Where the duty comes from."""
    applies_when: list[Slug] = []
    """Conditions declared in handbook.yml under which it applies."""
    sources: list[Citation] = []
    """Where the content comes from."""
    gaps: list[Gap] = []
    """What is not settled yet."""
    related: list[AnyRef] = []
    """Records worth reading beside this one."""
    figures: list[Figure] = []
    """Images from the pack's figures/ folder."""
    changes: list[Change] = []
    """Notes of each MAJOR and of the last MINORs, newest first."""
    formerly: list[Slug] = []
    """Ids this record had before; never used again."""
    waivers: list[Waiver] = []
    """Checks that do not apply here, each with its reason."""
    body: ProseText | None = None
    """Background reading, shown last."""
