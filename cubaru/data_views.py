"""The page of data: what can be taken away whole, on what terms, and how to cite it; and the files."""

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cubaru.core.api.ledger import FOR_EVER
from cubaru.core.context import absolute
from cubaru.core.dumps.making import CHECKSUMS, LICENCES, MANIFEST
from cubaru.core.languages import LANGUAGES
from cubaru.core.pages import Step, json_ld

#: The page names so many dumps; older ones stay under their addresses.
SHOWN = 6


def data(request: HttpRequest) -> HttpResponse:
    dumps = [_as_shown(dump) for dump in newest_dumps()[:SHOWN]]
    context = {
        "trail": [Step(_("Data"))],
        "newest": dumps[0] if dumps else None,
        "older": dumps[1:],
        "licences": LICENCES,
        "today": timezone.now().date(),
        "address": absolute(reverse("data")),
        "api_url": reverse("api-docs"),
        "changes_url": reverse("api-changes-list"),
        "oai_url": f"{reverse('oai')}?verb=Identify",
        "about_url": reverse("about"),
        "json_ld": json_ld(_dataset(dumps[0] if dumps else None)),
    }
    return TemplateResponse(request, "data.html", context)


def dump_file(request: HttpRequest, dump: str, name: str) -> FileResponse:
    """A file of a dump; it never changes. Only what the dump's own manifest names is given."""
    manifest = next((one for one in newest_dumps() if one["name"] == dump), None)
    known = {file["name"]: file["media_type"] for file in manifest["files"]} if manifest else {}
    known |= {CHECKSUMS: "text/plain; charset=utf-8", MANIFEST: "application/json"} if manifest else {}
    if name not in known:
        raise Http404(_("There is no such file."))
    file = (Path(settings.DUMPS_ROOT) / dump / name).open("rb")
    headers = {"Cache-Control": FOR_EVER, "Access-Control-Allow-Origin": "*"}
    return FileResponse(file, content_type=known[name], filename=name, as_attachment=True, headers=headers)


def newest_dumps() -> list[dict[str, Any]]:
    """The manifests of all dumps, the newest first."""
    manifests = [orjson.loads(path.read_bytes()) for path in Path(settings.DUMPS_ROOT).glob(f"*/{MANIFEST}")]
    return sorted(manifests, key=lambda manifest: manifest["content_version"], reverse=True)


def _as_shown(dump: dict[str, Any]) -> dict[str, Any]:
    def address(name: str) -> str:
        return reverse("dump-file", args=[dump["name"], name])

    return {
        **dump,
        "day": datetime.fromisoformat(dump["made_at"]).date(),
        "files": [{**file, "url": address(file["name"])} for file in dump["files"]],
        "checksums_url": address(CHECKSUMS),
        "manifest_url": address(MANIFEST),
        "count": sum(dump["records"].values()),
    }


def _dataset(dump: dict[str, Any] | None) -> dict[str, Any]:
    """What search engines for data read (schema.org Dataset)."""
    about = {
        "@type": "Dataset",
        "name": "cubaru",
        "description": _("A chronicle of relations between Cuba and Russia since 1902, with its sources."),
        "url": absolute(reverse("data")),
        "license": list(LICENCES.values()),
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "temporalCoverage": "1902/..",
        "spatialCoverage": [{"@type": "Place", "name": "Cuba"}, {"@type": "Place", "name": "Russia"}],
        "creator": {"@type": "Organization", "name": "cubaru", "url": absolute("/")},
    }
    if dump is None:
        return about
    return about | {
        "version": str(dump["content_version"]),
        "dateModified": dump["made_at"],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file["name"],
                "contentUrl": absolute(file["url"]),
                "encodingFormat": file["media_type"],
                "contentSize": str(file["bytes"]),
                "sha256": file["sha256"],
            }
            for file in dump["files"]
        ],
    }
