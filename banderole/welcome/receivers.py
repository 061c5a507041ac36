"""What `people` says that welcoming must hear."""

from banderole.people.models import Person
from banderole.people.signals import person_erased
from banderole.welcome.models import Enrolment


def forget_newcomer(*, person: Person, **_signal: object) -> None:
    Enrolment.objects.filter(person=person).delete()


def connect() -> None:
    person_erased.connect(forget_newcomer, dispatch_uid="welcome.forget_newcomer")
