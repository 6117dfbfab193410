from sendready.glossary import TERMS


def test_glossary_is_in_alphabetical_order_without_repeats():
    words = [term.word.lower() for term in TERMS]

    assert words == sorted(set(words))


def test_glossary_explains_each_word():
    assert [term.word for term in TERMS if len(term.meaning.split()) < 5] == []
