"""What `people` can be asked; no key is needed for any answer."""

from collections.abc import Iterator

from django.db.models import Max, Prefetch, Q, QuerySet

from banderole.accounts.models import Account
from banderole.people.enums import GroupKind, JoinMode, Purpose, Right
from banderole.people.models import Consent, Contact, Duty, Group, Membership, Person
from banderole.people.queries.places import Point, centres, department, distance_km

# Who coordinates the association reaches what these duties reach: its key opens every group's and event's.
COVERED_BY_COORDINATE = {Right.WELCOME, Right.SEE_MEMBERS, Right.HOST}


def consenting(purpose: Purpose, subject: str = "") -> QuerySet[Person]:
    """Persons whose newest word on this purpose and subject is a yes; erased persons are not among them."""
    newest = (
        Consent.objects.filter(purpose=purpose, subject=subject)
        .order_by()
        .values("person")
        .annotate(newest=Max("id"))
        .values("newest")
    )
    said_yes = Consent.objects.filter(id__in=newest, given=True).order_by().values("person")
    return Person.objects.filter(id__in=said_yes, erased_at=None, merged_into=None)


def newest_consent(person: Person, purpose: Purpose, subject: str = "") -> Consent | None:
    """The person's newest word on this purpose and subject, a yes or a no."""
    return Consent.objects.filter(person=person, purpose=purpose, subject=subject).order_by("-id").first()


def consents_in_force(person: Person) -> list[Consent]:
    """What the person agrees to today, oldest first, each with its wording."""
    newest = {
        (consent.purpose, consent.subject): consent
        for consent in person.consents.select_related("wording").order_by("id")
    }
    return sorted((c for c in newest.values() if c.given), key=lambda consent: consent.id)


def may_receive(person: Person, purpose: Purpose, subject: str = "") -> bool:
    if person.erased_at or person.merged_into_id:
        return False
    newest = newest_consent(person, purpose, subject)
    return newest is not None and newest.given


def nearest_group(postcode: str) -> Group | None:
    """The group that takes this French postcode, else the one whose town is nearest; offline.

    Longest beginning of a postcode wins, then the group made first. Groups by invitation are passed over.
    """
    groups = list(
        Group.objects.filter(kind=GroupKind.LOCAL).exclude(join_mode=JoinMode.INVITATION).order_by("id")
    )
    digits = "".join(postcode.split())
    taking = [
        (len(prefix), -group.id, group)
        for group in groups
        for prefix in group.postcodes.split()
        if digits.startswith(prefix)
    ]
    if taking:
        return max(taking)[2]
    centre = centres().get(department(postcode))
    return _nearest(groups, centre) if centre else None


def _nearest(groups: list[Group], centre: Point) -> Group | None:
    placed = [
        (distance_km(centre, Point(group.latitude, group.longitude)), group.id, group)
        for group in groups
        if group.latitude is not None and group.longitude is not None
    ]
    return min(placed)[2] if placed else None


def duties_of(account: Account, right: Right) -> QuerySet[Duty]:
    """The duties in force of this account with this right."""
    return Duty.objects.in_force().filter(account=account, right=right)


def has_duty(account: Account, *rights: Right) -> bool:
    """Whether a duty in force gives this account one of these rights, in whatever place."""
    wanted = set(rights) | ({Right.COORDINATE} if COVERED_BY_COORDINATE & set(rights) else set())
    return Duty.objects.in_force().filter(account=account, right__in=wanted).exists()


def groups_open_to(account: Account, *rights: Right) -> QuerySet[Group]:
    """The groups in which this account has one of these rights; all of them for who coordinates."""
    if duties_of(account, Right.COORDINATE).exists():
        return Group.objects.all()
    duties = Duty.objects.in_force().filter(account=account, right__in=rights)
    return Group.objects.filter(id__in=duties.values("group"))


def events_open_to(account: Account) -> list[str] | None:
    """The uids of the events that this account hosts; None means every event (who coordinates)."""
    if duties_of(account, Right.COORDINATE).exists():
        return None
    return list(duties_of(account, Right.HOST).exclude(event="").values_list("event", flat=True))


def people_of(group: Group) -> QuerySet[Person]:
    """Who belongs to the group now, or is in its care because it is nearest."""
    members = Membership.objects.filter(group=group, until=None).values("person")
    return Person.objects.filter(
        Q(id__in=members) | Q(group=group), erased_at=None, merged_into=None
    ).order_by("id")


def people_without_group() -> QuerySet[Person]:
    """Who told the association something and is in no group's care: coordinators see to them."""
    belong = Membership.objects.filter(until=None).values("person")
    return (
        Person.objects.filter(group=None, erased_at=None, merged_into=None, dossiers__isnull=False)
        .exclude(id__in=belong)
        .distinct()
        .order_by("id")
    )


def persons_open_to(account: Account) -> QuerySet[Person]:
    """Whose card this account may open: everybody for who coordinates, else the people of its groups."""
    persons = Person.objects.filter(erased_at=None, merged_into=None)
    if duties_of(account, Right.COORDINATE).exists():
        return persons
    groups = groups_open_to(account, Right.SEE_MEMBERS, Right.WELCOME)
    members = Membership.objects.filter(group__in=groups, until=None).values("person")
    return persons.filter(Q(group__in=groups) | Q(id__in=members))


def groups_with_counts(account: Account) -> list[tuple[Group, int]]:
    """The groups whose people this account may see, each with how many they are."""
    groups = list(groups_open_to(account, Right.SEE_MEMBERS, Right.WELCOME))
    belonging = set(
        Person.objects.filter(group__in=groups, erased_at=None, merged_into=None).values_list("group", "id")
    ) | set(
        Membership.objects.filter(
            group__in=groups, until=None, person__erased_at=None, person__merged_into=None
        ).values_list("group", "person")
    )
    return [(group, sum(pk == group.pk for pk, _person in belonging)) for group in groups]


def consent_history(person: Person) -> QuerySet[Consent]:
    """Every yes and every withdrawal of this person, newest first."""
    return person.consents.select_related("wording").order_by("-id")


def contact_states(person: Person) -> QuerySet[Contact]:
    """The person's contacts without what they are: whether confirmed, whether mail came back."""
    return person.contacts.order_by("id")


def memberships_of(person: Person) -> QuerySet[Membership]:
    return person.memberships.filter(until=None).select_related("group").order_by("since", "id")


def accounts_with_duties() -> QuerySet[Account]:
    """Every account that may log in, with its duties in force."""
    duties = Duty.objects.in_force().select_related("group").order_by("right", "id")
    return (
        Account.objects.filter(is_active=True)
        .order_by("login")
        .prefetch_related(Prefetch("duties", queryset=duties, to_attr="in_force"))
    )


def public_urls() -> Iterator[str]:
    """The public pages of this app, in every language, for who turns them into files."""
    yield "/vos-donnees/"
    yield "/en/vos-donnees/"
