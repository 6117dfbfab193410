import io
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import vault

KEY = b"k" * 32
SIZES = [0, 1, vault.CHUNK - 1, vault.CHUNK, vault.CHUNK + 1, 2 * vault.CHUNK, 2 * vault.CHUNK + 5]


def sealed(plain, key=KEY):
    out = io.BytesIO()
    vault.encrypt(io.BytesIO(plain), out, key=key)
    return out.getvalue()


def opened(content, key=KEY):
    return vault.open_encrypted(io.BytesIO(content), key=key)


@pytest.mark.parametrize("size", SIZES)
def test_vault_gives_back_what_went_in(size):
    plain = secrets.token_bytes(size)

    with opened(sealed(plain)) as source:
        assert source.read() == plain


@pytest.mark.parametrize("size", SIZES)
def test_vault_cut_off_anywhere_is_damaged(size):
    content = sealed(secrets.token_bytes(size))

    for end in {len(content) - 1, len(content) - vault.TAG, vault._HEADER.size, 10, 0}:
        with pytest.raises(vault.Damaged):
            opened(content[:end]).read()


def test_vault_whole_last_chunk_cut_off_is_damaged():
    content = sealed(b"x" * (2 * vault.CHUNK))

    with pytest.raises(vault.Damaged):
        opened(content[: -(vault.CHUNK + vault.TAG)]).read()


def test_vault_swapped_chunks_are_damaged():
    content = sealed(b"x" * (3 * vault.CHUNK))
    start, step = vault._HEADER.size, vault.CHUNK + vault.TAG
    swapped = content[:start] + content[start + step : start + 2 * step] + content[start : start + step]

    with pytest.raises(vault.Damaged):
        opened(swapped + content[start + 2 * step :]).read()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_vault_any_changed_byte_is_noticed(place, change):
    content = bytearray(sealed(b"what we know of one child\n" * 100))
    content[place % len(content)] ^= change

    with pytest.raises((vault.Damaged, vault.VaultUnavailable)):
        opened(bytes(content)).read()


def test_vault_another_key_is_said():
    with pytest.raises(vault.VaultUnavailable, match="another storage key"):
        opened(sealed(b"x"), key=b"o" * 32)


def test_vault_equal_files_do_not_look_equal():
    assert sealed(b"x" * 100)[40:] != sealed(b"x" * 100)[40:]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 600_000), st.integers(0, 5000)), max_size=6))
def test_vault_can_be_read_from_any_place(jumps):
    plain = bytes(range(256)) * 2100
    with opened(sealed(plain)) as source:
        for place, length in jumps:
            source.seek(place)
            assert source.read(length) == plain[place : place + length]


@pytest.mark.parametrize(("text", "words"), [("", "no storage key is set"), ("c2hvcnQ=", "must be"), ("é", "must be")])
def test_read_key_missing_or_wrong_is_said(text, words):
    with pytest.raises(vault.VaultUnavailable, match=words):
        vault.read_key(text)
