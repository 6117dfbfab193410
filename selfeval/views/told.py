"""After a text was saved: the markers in it that stand for nothing, with the near ones. Saving is never refused."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from selfeval.gather.markers import faults_of_texts

MOST_TOLD = 6


def tell_marker_faults(request: HttpRequest, texts: Mapping[str, Any]) -> None:
    """One message for each marker, once, whichever of the texts holds it. Values that are no texts are left aside."""
    faults = faults_of_texts({name: text for name, text in texts.items() if isinstance(text, str)})
    told = list(dict.fromkeys(fault for found in faults.values() for fault in found))
    for fault in told[:MOST_TOLD]:
        messages.warning(request, fault)
    if len(told) > MOST_TOLD:
        messages.warning(request, f"{len(told) - MOST_TOLD} more markers stand for nothing: see Claims and proof.")
