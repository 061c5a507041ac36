"""What the campaigns and events of the demo say. The river, its neighbours and their cause are made up."""

from typing import NamedTuple


class CampaignText(NamedTuple):
    slug: str
    title: str
    lead: str
    story: list[tuple[str, object]]
    goal_label: str
    goal_unit: str
    goal_current: int
    goal_target: int
    began_days_ago: int
    updates: list[tuple[int, str, str, str]]  # days ago, kind, title, text


class EventText(NamedTuple):
    slug: str
    title: str
    summary: str
    description: str
    group: str
    town: str
    place: str
    address: str
    accessibility: str = ""
    campaign: str = ""
    capacity: int | None = None
    online_url: str = ""


INDEX = {
    "fr": ("Campagnes", "campagnes", "Ce que nous menons sur plusieurs mois, où nous en sommes, et comment prendre part."),
    "en": ("Campaigns", "campagnes", "What we pursue over months, how far we are, and how to take part."),
}  # fmt: skip

OPEN_RIVER = CampaignText(
    slug="une-riviere-a-tout-le-monde",
    title="Une rivière à tout le monde",
    lead="L’Aure traverse vingt-trois communes, et l’on ne peut la longer à pied que par endroits. Nous rouvrons "
    "le chemin de la source à la mer, kilomètre après kilomètre, avec les communes et les riverains.",
    story=[
        ("text", ("<p>En 2022, nous étions six à chercher où passait l’ancien chemin de halage. Il figure sur les "
         "cartes, on le devine sous les ronces, et plus personne ne savait s’il était encore public. Nous avons "
         "ouvert les registres, commune par commune, puis nous sommes allés voir.</p>"
         "<p>La réponse tient en une phrase : près des deux tiers du chemin appartiennent toujours à tout le "
         "monde. Le reste se discute, haie par haie, avec des gens qui le plus souvent disent oui.</p>")),
        ("heading", {"text": "Comment nous faisons", "level": "2"}),
        ("text", ("<p>Une équipe lit le cadastre. Une autre frappe aux portes. Une troisième vient avec des gants, "
         "le samedi, et rouvre un tronçon en une matinée. Chaque kilomètre rouvert est balisé, puis confié à des "
         "voisins qui l’entretiennent.</p>")),
        ("quote", {"text": "Je passais devant depuis trente ans sans savoir que l’on pouvait descendre jusqu’à l’eau.",
                   "source": "un habitant de Trévières"}),
    ],
    goal_label="Chemin rouvert et balisé",
    goal_unit="km",
    goal_current=31,
    goal_target=48,
    began_days_ago=330,
    updates=[
        (9, "milestone", "Trente et un kilomètres", "Le tronçon du moulin est rouvert : on marche d’une traite de Bayeux à Trévières."),
        (47, "news", "Onze communes ont signé", "Elles inscrivent le chemin à leur plan de promenade et posent elles-mêmes les bornes."),
        (121, "milestone", "Le premier banc", "Fabriqué par l’atelier du lycée, posé là où la rivière fait son coude."),
        (329, "news", "La campagne commence", "Six personnes, deux cartes anciennes, une débroussailleuse prêtée."),
    ],
)  # fmt: skip
CLEAR_WATER = CampaignText(
    slug="eau-claire",
    title="Eau claire, chiffres clairs",
    lead="Nous mesurons nous-mêmes les nitrates de l’Aure, chaque samedi, aux mêmes onze endroits, et nous "
    "publions tout. Pour parler de l’eau avec des chiffres que chacun peut vérifier.",
    story=[
        ("text", ("<p>Les mesures officielles existent, mais elles paraissent tard et ne disent rien de nos "
         "ruisseaux. Alors nous avons appris : une mallette, une fiche, deux heures par mois. Un laboratoire "
         "refait un relevé sur dix, pour que l’on puisse nous croire.</p>")),
        ("heading", {"text": "Ce que nous demandons", "level": "2"}),
        ("text", ("<ul><li>un point de mesure public par affluent ;</li><li>les résultats affichés en mairie dans "
         "le mois ;</li><li>une réunion par an avec les agriculteurs du bassin, chiffres sur la table.</li></ul>")),
    ],
    goal_label="Relevés publiés",
    goal_unit="relevés",
    goal_current=642,
    goal_target=1000,
    began_days_ago=200,
    updates=[
        (4, "report", "Les relevés du mois", "Ils baissent à Trévières, montent encore à l’embouchure. Les tableaux sont en ligne."),
        (35, "news", "Une deuxième mallette", "Offerte par la librairie Le Gué ; elle reste à Isigny."),
        (198, "news", "Premier samedi de mesures", "Neuf personnes, onze points, un thermos."),
    ],
)  # fmt: skip
CAMPAIGNS = [OPEN_RIVER, CLEAR_WATER]
ENGLISH = {
    OPEN_RIVER.slug: (
        "A river for everybody",
        (
            "The Aure runs through twenty-three villages, and one can walk beside it only here and there. We reopen "
            "the path from the spring to the sea, mile by mile, with the villages and those who live there."
        ),
        (
            "<p>In 2022 six of us went looking for the old towpath. It is on the maps, one guesses it under the "
            "brambles, and nobody knew any more whether it was public. We opened the registers, then we went to see: "
            "nearly two thirds of it still belong to everybody.</p>"
        ),
        "Path reopened and marked",
        "km",
    ),
    CLEAR_WATER.slug: (
        "Clear water, clear figures",
        (
            "We measure the nitrates of the Aure ourselves, every Saturday, at the same eleven places, and publish "
            "everything: to talk about water with figures that anybody can check."
        ),
        (
            "<p>Official measures exist, but they come late and say nothing of our brooks. So we learned how: a case, "
            "a sheet, two hours a month. A laboratory repeats one in ten.</p>"
        ),
        "Samples published",
        "samples",
    ),
}

ASSEMBLY = EventText(
    slug="assemblee-de-la-vallee",
    title="Assemblée ouverte de la vallée",
    summary="On fait le point sur onze mois de campagne, on décide du printemps, on mange ensemble. C’est votre "
    "première fois ? On vous attend à l’entrée un quart d’heure avant.",
    description="<p>Une assemblée où l’on parle peu et où l’on décide. Le matin même, les groupes auront posé sur "
    "la table leurs trois propositions ; l’après-midi, tout le monde choisit. Apportez un plat à partager : il y a "
    "toujours trop de tartes et jamais assez de salades.</p><p>Garde d’enfants sur place.</p>",
    group="Bayeux", town="Bayeux", place="Salle des Ormes", address="12 rue du Gué",
    accessibility="De plain-pied, boucle magnétique.", campaign=OPEN_RIVER.slug, capacity=150,
)  # fmt: skip
WORKSHOP = EventText(
    slug="atelier-lire-un-arrete",
    title="Atelier : lire un arrêté",
    summary="Deux heures pour comprendre ce que dit un arrêté préfectoral, ce qu’il ne dit pas, et ce que l’on peut "
    "y répondre. Aucune connaissance n’est demandée.",
    description="<p>Avec trois vrais arrêtés, un surligneur et une juriste patiente.</p>",
    group="Caen", town="Caen", place="Maison des associations du Vaugueux", address="4 venelle des Tisserands",
    accessibility="Ascenseur, arrêt de tram à deux minutes.", capacity=12,
)  # fmt: skip
WALK = EventText(
    slug="marche-de-bayeux-a-trevieres",
    title="Marche le long de l’Aure, de Bayeux à Trévières",
    summary="Dix-huit kilomètres sur le chemin rouvert, au pas de la plus petite. Retour en car à 17 h.",
    description="<p>On part ensemble, on s’arrête souvent. Prévoyez de l’eau, un pique-nique et des chaussures qui "
    "ne craignent rien. Les sept premiers kilomètres passent avec une poussette tout-terrain.</p>",
    group="Bayeux", town="Bayeux", place="Parvis de la gare", address="", campaign=OPEN_RIVER.slug,
    accessibility="Chemin de terre ; un car suit pour qui veut s’arrêter.",
)  # fmt: skip
SAMPLES = EventText(
    slug="releves-a-l-embouchure",
    title="Relevés de nitrates à l’embouchure",
    summary="On prélève, on mesure, on note. Vous apprendrez en dix minutes, et votre relevé comptera.",
    description="<p>Rendez-vous au ponton, mallette en main. Bottes utiles, prêtées sur place du 36 au 45.</p>",
    group="Isigny-sur-Mer", town="Isigny-sur-Mer", place="Ponton des Vignets", address="quai des Mariniers",
    campaign=CLEAR_WATER.slug, capacity=20,
)  # fmt: skip
RALLY = EventText(
    slug="rassemblement-du-pont",
    title="Rassemblement sur le pont",
    summary="Une heure ensemble, en silence puis en musique, pour que l’on parle de l’eau.",
    description="<p>Le rassemblement a été déclaré. S’il n’a pas lieu, cette page le dit.</p>",
    group="Caen", town="Saint-Lô", place="Pont de la Vire", address="", campaign=CLEAR_WATER.slug,
)  # fmt: skip
ONLINE = EventText(
    slug="accueillir-les-nouvelles-personnes",
    title="Accueillir les nouvelles personnes",
    summary="Une heure en ligne : comment nous accueillons, ce qui aide, ce qui fait fuir.",
    description="<p>Ouvert à qui accueille déjà et à qui voudrait s’y mettre.</p>",
    group="Bayeux", town="", place="", address="", online_url="https://visio.example.org/accueil", capacity=40,
)  # fmt: skip
TALK = EventText(
    slug="conference-a-qui-est-l-eau",
    title="Conférence : à qui est l’eau ?",
    summary="Une historienne, un agriculteur et une élue répondent, puis la salle.",
    description="<p>La conférence a été enregistrée ; le compte rendu est en ligne.</p>",
    group="Caen", town="Saint-Lô", place="Théâtre du Cours", address="1 place de la Halle", capacity=80,
    campaign=CLEAR_WATER.slug,
)  # fmt: skip
MARKET = EventText(
    slug="table-au-marche-de-port-en-bessin",
    title="Une table au marché",
    summary="On tient la table, on écoute, on note ce que les gens disent de la rivière.",
    description="<p>Deux par deux, une heure chacun. Le café est offert par la criée.</p>",
    group="Bayeux", town="Port-en-Bessin", place="Marché du dimanche", address="quai Letourneur",
    campaign=OPEN_RIVER.slug,
)  # fmt: skip
PARTNERS = [("le collectif Eau Commune", "https://eau-commune.example.org/"), ("la librairie Le Gué", "")]
PROGRAMME = [  # minutes after the beginning
    (0, "Onze mois en une heure", "Nadia R., Paul T.", "grande salle"),
    (60, "Trois ateliers : lire un arrêté, tenir un marché, mesurer le débit", "", "inscription sur place"),
    (180, "On décide", "", "grande salle"),
]
