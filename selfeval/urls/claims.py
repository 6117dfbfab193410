"""Coverage by evidence, thin ice, claims and their proof, the words that are looked for."""

from django.urls import URLPattern, path

from selfeval.views import claims, coverage, words

PAGES: list[URLPattern] = [
    path("coverage/", coverage.coverage_show, name="coverage-show"),
    path("thin-ice/", claims.ice_list, name="ice-list"),
    path("claims/", claims.claim_list, name="claim-list"),
    path("claims/<int:pk>/confirm/", claims.citation_confirm, name="citation-confirm"),
    path("words/", words.word_list, name="word-list"),
    path("words/<slug:kind>/", words.word_edit, name="word-edit"),
]
