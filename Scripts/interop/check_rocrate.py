#!/usr/bin/env python3
"""Validates the RO-Crate of an output folder and of its report with roc-validator, profile Process Run Crate.

Usage: check_rocrate.py [BENCH ...]    (default: .build/release/bench)

No network is needed: the terms that crates of bench use are looked up here, as RO-Crate 1.1 defines them. Any other term is an error.
"""

import io
import json
import subprocess
import sys
import tempfile
import urllib.request
import urllib.response
from email.message import Message
from pathlib import Path

from requests.models import Response
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
# https://www.researchobject.org/ro-crate/specification/1.1/appendix/jsonld.html: schema.org's but for these.
OTHERS = {"File": "http://schema.org/MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo"}
SCHEMA_ORG = """
CreateAction CreativeWork Dataset PropertyValue SoftwareApplication
about contentSize datePublished description encodingFormat hasPart instrument license mentions name object result
softwareVersion startTime url value version
""".split()
TERMS = OTHERS | {term: f"http://schema.org/{term}" for term in SCHEMA_ORG}
PAGE = json.dumps({"@context": TERMS}).encode()


class Offline(urllib.request.BaseHandler):
    """Answers for the context, and for nothing else."""

    handler_order = 100

    def https_open(self, request):
        if request.full_url != CONTEXT:
            raise OSError(f"{request.full_url} is not to be asked for")
        headers = Message()
        headers["Content-Type"] = "application/ld+json"
        response = urllib.response.addinfourl(io.BytesIO(PAGE), headers, request.full_url, 200)
        response.msg = "OK"
        return response


def offline_get(url, *_, **__):
    response = Response()
    response.status_code = 200 if url == CONTEXT else 504
    response.headers["Content-Type"] = "application/ld+json"
    response.raw = io.BytesIO(PAGE)
    response.url = url
    return response


def unknown_terms(crate):
    """The keys and types that are none of the terms."""
    for entity in crate["@graph"]:
        types = entity["@type"] if isinstance(entity["@type"], list) else [entity["@type"]]
        for term in [*types, *(key for key in entity if not key.startswith("@"))]:
            if term not in TERMS:
                yield f"{entity['@id']}: {term}"


def check(folder):
    crate = json.loads(Path(folder, "ro-crate-metadata.json").read_text())
    if unknown := list(unknown_terms(crate)):
        sys.exit(f"{folder}: RO-Crate 1.1 does not know {unknown}")
    settings = ValidationSettings(
        rocrate_uri=str(folder), profile_identifier="process-run-crate-0.5", requirement_severity=Severity.REQUIRED
    )
    result = services.validate(settings)
    for issue in result.get_issues(Severity.REQUIRED):
        print(f"  {issue.severity.name}: {issue.message} ({issue.check.identifier})")
    print(f"{Path(folder).name}: {len(crate['@graph'])} entities:", "valid" if result.passed() else "FAILS", flush=True)
    return result.passed()


def main():
    bench = sys.argv[1:] or [".build/release/bench"]
    urllib.request.install_opener(urllib.request.build_opener(Offline))
    HttpRequester.get = staticmethod(offline_get)
    with tempfile.TemporaryDirectory() as work:
        run, report = Path(work, "run"), Path(work, "report")
        train = ["train", "--classes", "1-2", "--size", "32", "--epochs", "1", "--out", run]
        subprocess.run([*bench, *train], check=True, capture_output=True)
        subprocess.run([*bench, "publish", run, report], check=True, capture_output=True)
        passed = [check(folder) for folder in (run, report)]
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
