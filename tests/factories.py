"""Real records for tests: each factory makes a valid row of its own.

What a test does not care about comes from the history itself (Mikoyan's visit to Havana in February 1960).
"""

from typing import TYPE_CHECKING, Any

import factory
from factory.django import DjangoModelFactory

from cubaru.core.models import Status
from events.choices import Lane, Verdict, Verification
from events.models import (
    Claim,
    ClaimCitation,
    ClaimEvent,
    Event,
    EventCitation,
    EventImage,
    EventName,
    EventNarrativeCitation,
    EventPlace,
    EventRelation,
    EventTheme,
    Participation,
    Theme,
)
from events.role_vocabulary import Role
from people.choices import Category
from people.models import (
    Office,
    OfficeCitation,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Person,
    PersonCitation,
    PersonImage,
    PersonName,
    PersonNarrativeCitation,
)
from places.models import Place, PlaceName
from sources.choices import SourceKind, SourceType, Stance
from sources.models import AccessPoint, Source

if TYPE_CHECKING:

    class ModelFactory(DjangoModelFactory[Any]):
        """Calling a factory makes a row, by a metaclass of which the type checker knows nothing."""

        def __new__(cls, **columns: Any) -> Any: ...

else:
    ModelFactory = DjangoModelFactory


class RecordFactory(ModelFactory):
    class Meta:
        abstract = True

    status = Status.PUBLISHED


class SourceFactory(RecordFactory):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"frus-volume-{n}")
    kind = SourceKind.PRIMARY
    type = SourceType.BOOK
    title = "Foreign Relations of the United States, 1958–1960, Volume VI"
    language = "en"
    publisher = "United States Government Printing Office"


class PlaceFactory(RecordFactory):
    class Meta:
        model = Place

    slug = factory.Sequence(lambda n: f"havana-{n}")
    name_en = "Havana"
    name_es = "La Habana"
    name_ru = "Гавана"
    country = "CU"
    latitude = 23.1136
    longitude = -82.3666


class OrganizationFactory(RecordFactory):
    class Meta:
        model = Organization

    slug = factory.Sequence(lambda n: f"council-of-ministers-{n}")
    name_en = "Council of Ministers of the USSR"
    name_es = "Consejo de Ministros de la URSS"
    name_ru = "Совет Министров СССР"
    category = Category.GOVERNMENT


class PersonFactory(RecordFactory):
    class Meta:
        model = Person

    slug = factory.Sequence(lambda n: f"mikoyan-{n}")
    name_en = "Anastas Mikoyan"
    name_es = "Anastás Mikoyán"
    name_ru = "Анастас Микоян"
    sort_name_en = "Mikoyan, Anastas"
    sort_name_es = "Mikoyán, Anastás"
    sort_name_ru = "Микоян, Анастас"
    nationality = "SU"


class NameFactory(ModelFactory):
    class Meta:
        abstract = True

    text = factory.Sequence(lambda n: f"Анастас Иванович Микоян {n}")
    language = "ru"
    script = "Cyrl"
    kind = "native"


class PersonNameFactory(NameFactory):
    class Meta:
        model = PersonName

    person = factory.SubFactory(PersonFactory)


class OrganizationNameFactory(NameFactory):
    class Meta:
        model = OrganizationName

    organization = factory.SubFactory(OrganizationFactory)
    text = factory.Sequence(lambda n: f"Совмин СССР {n}")


class PlaceNameFactory(NameFactory):
    class Meta:
        model = PlaceName

    place = factory.SubFactory(PlaceFactory)
    text = factory.Sequence(lambda n: f"Гавана {n}")


class AccessPointFactory(ModelFactory):
    class Meta:
        model = AccessPoint

    source = factory.SubFactory(SourceFactory)
    url = factory.Sequence(lambda n: f"https://history.state.gov/historicaldocuments/frus1958-60v06/d{n}")


class CitationFactory(ModelFactory):
    class Meta:
        abstract = True

    source = factory.SubFactory(SourceFactory)
    stance = Stance.SUPPORTS


class PersonCitationFactory(CitationFactory):
    class Meta:
        model = PersonCitation

    person = factory.SubFactory(PersonFactory)


class OrganizationCitationFactory(CitationFactory):
    class Meta:
        model = OrganizationCitation

    organization = factory.SubFactory(OrganizationFactory)


class ImageFactory(ModelFactory):
    """An image whose file need not be there."""

    class Meta:
        abstract = True

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    file = factory.LazyAttribute(lambda image: f"images/{image.sha256}.jpeg")
    width = 640
    height = 480
    credit = "Library of Congress"
    licence = "public domain"
    alt_en = "Two men at an exhibition."


class PersonImageFactory(ImageFactory):
    class Meta:
        model = PersonImage

    person = factory.SubFactory(PersonFactory)


class PersonNarrativeCitationFactory(ModelFactory):
    class Meta:
        model = PersonNarrativeCitation

    person = factory.SubFactory(PersonFactory)
    source = factory.SubFactory(SourceFactory)


class OfficeFactory(ModelFactory):
    class Meta:
        model = Office

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    title_en = "First Deputy Chairman"
    start = "1955"
    end = "1964"


class ThemeFactory(RecordFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"trade-{n}")
    name_en = "Trade"
    name_es = "Comercio"
    name_ru = "Торговля"
    lane = Lane.TRADE


class EventFactory(RecordFactory):
    class Meta:
        model = Event

    slug = factory.Sequence(lambda n: f"mikoyan-visit-{n}")
    title_en = "Mikoyan visits Havana"
    title_es = "Mikoyán visita La Habana"
    title_ru = "Микоян посещает Гавану"
    summary_en = "He opens the Soviet exhibition in Havana."
    date = "1960-02-04/1960-02-13"
    importance = 3
    verification = Verification.SEEN


class EventNarrativeCitationFactory(ModelFactory):
    class Meta:
        model = EventNarrativeCitation

    event = factory.SubFactory(EventFactory)
    source = factory.SubFactory(SourceFactory)


class ParticipationFactory(ModelFactory):
    class Meta:
        model = Participation

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.VISITOR


class EventRelationFactory(ModelFactory):
    class Meta:
        model = EventRelation

    from_event = factory.SubFactory(EventFactory)
    to_event = factory.SubFactory(EventFactory)
    relation = "led_to"


class EventThemeFactory(ModelFactory):
    class Meta:
        model = EventTheme

    event = factory.SubFactory(EventFactory)
    theme = factory.SubFactory(ThemeFactory)


class EventPlaceFactory(ModelFactory):
    class Meta:
        model = EventPlace

    event = factory.SubFactory(EventFactory)
    place = factory.SubFactory(PlaceFactory)


class EventNameFactory(NameFactory):
    class Meta:
        model = EventName

    event = factory.SubFactory(EventFactory)
    text = factory.Sequence(lambda n: f"Визит Микояна {n}")


class EventImageFactory(ImageFactory):
    class Meta:
        model = EventImage

    event = factory.SubFactory(EventFactory)


class EventCitationFactory(CitationFactory):
    class Meta:
        model = EventCitation

    event = factory.SubFactory(EventFactory)
    locator = "doc. 457"


class ClaimFactory(ModelFactory):
    class Meta:
        model = Claim

    slug = factory.Sequence(lambda n: f"claim-{n}")
    event = factory.SubFactory(EventFactory)
    statement_en = "Mikoyan was the first Soviet leader to visit Cuba after the revolution."
    verdict = Verdict.UNVERIFIED


class ClaimEventFactory(ModelFactory):
    class Meta:
        model = ClaimEvent

    claim = factory.SubFactory(ClaimFactory)
    event = factory.SubFactory(EventFactory)


class ClaimCitationFactory(CitationFactory):
    class Meta:
        model = ClaimCitation

    claim = factory.SubFactory(ClaimFactory)


class OfficeCitationFactory(CitationFactory):
    class Meta:
        model = OfficeCitation

    office = factory.SubFactory(OfficeFactory)
