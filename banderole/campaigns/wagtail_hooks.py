from wagtail.snippets.models import register_snippet

from banderole.campaigns.viewsets import AgendaViewSets

register_snippet(AgendaViewSets)
