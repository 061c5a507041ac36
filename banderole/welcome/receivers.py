"""What `people` says that welcoming must hear: who is erased, and which group changed."""

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import override

from banderole.common.signals import announce_change
from banderole.people.models import Group, Person
from banderole.people.signals import person_erased
from banderole.welcome.models import Enrolment


@receiver(person_erased)
def forget_newcomer(*, person: Person, **_signal: object) -> None:
    Enrolment.objects.filter(person=person).delete()


@receiver([post_save, post_delete], sender=Group)
def bake_group(*, instance: Group, **_signal: object) -> None:
    """The pages of groups are welcoming's, so it says when they changed."""
    urls = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            urls += [reverse("welcome:groups"), reverse("welcome:group", args=[instance.slug])]
    announce_change(urls=urls)
