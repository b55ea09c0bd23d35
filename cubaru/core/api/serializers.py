"""What the answers about all kinds of records have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cubaru.core.api.fields import AddressField, PageField, WholeRowField
from cubaru.core.api.links import list_address
from cubaru.core.models.name import NameKind


class ReadSerializer(serializers.Serializer[Any]):
    """Fields are listed by hand: a new column is not published by accident."""

    def to_representation(self, instance: Any) -> Any:
        # The framework's own looks for write-only fields, skipped values and more that never occur here.
        return {
            field.field_name: None if (value := field.get_attribute(instance)) is None
            else field.to_representation(value)
            for field in self.fields.values()
        }  # fmt: skip


class BriefSerializer(ReadSerializer):
    """Another record, as far as one needs it to name it and to find it. Never one that is not published.

    With `expand` it is shown as in lists, by the serializer `whole`, once `wait` has gathered all of them.
    """

    record_kind: ClassVar[str]
    whole: "serializers.Serializer[Any] | None" = None
    wait: "Callable[[BriefSerializer, Any], dict[str, Any]]"

    slug = serializers.CharField(read_only=True)
    url = AddressField()
    html_url = PageField()

    def get_attribute(self, instance: Any) -> Any:
        record = super().get_attribute(instance)
        return record if record is not None and record.is_published else None

    def to_representation(self, instance: Any) -> Any:
        return self.named(instance) if self.whole is None else self.wait(self, instance)

    def named(self, instance: Any) -> Any:
        return super().to_representation(instance)


class EditionField(serializers.IntegerField):
    """The number of the newest edition, which the views load with each record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            read_only=True,
            allow_null=True,
            min_value=1,
            help_text=_("Number of the newest edition, the state that can be cited."),
            **kwargs,
        )


@extend_schema_field(
    {
        "type": "string",
        "format": "uri",
        "description": _("All editions of the record."),
    }
)
class EditionsAddressField(WholeRowField):
    def to_representation(self, row: Any) -> str:
        return list_address("editions", kind=row.record_kind, slug=row.slug)


class RecordSerializer(ReadSerializer):
    """With `tells_status` in the context also the status, which readers need not be told: it is published."""

    slug = serializers.CharField(read_only=True)
    url = AddressField()
    html_url = PageField()

    def get_fields(self) -> Any:
        fields = super().get_fields()
        is_whole_answer = getattr(self, "parent", None) is None
        if is_whole_answer and self.context.get("tells_status"):
            fields["status"] = serializers.CharField(read_only=True)
        return fields


class NameSerializer(ReadSerializer):
    """A name in one language and script."""

    text = serializers.CharField(read_only=True)
    language = serializers.CharField(read_only=True, help_text=_("BCP 47 tag."))
    script = serializers.CharField(read_only=True, help_text=_("ISO 15924 code."))
    kind = serializers.ChoiceField(NameKind.choices, read_only=True)
    scheme = serializers.CharField(read_only=True, help_text=_("Of a transliteration, where known."))


class SameAsField(serializers.ListField):
    """Addresses of the same thing elsewhere (Wikidata, VIAF, GeoNames)."""

    child = serializers.URLField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class ModifiedField(serializers.DateTimeField):
    """When the record was last changed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="modified_at", **kwargs)
