import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.encoding import (
    BinaryContentError,
    decode,
    encoding_of,
    looks_binary,
    plain_markup,
    repair,
)

SENTENCE = (
    "“We don’t know yet,” the governor of Zürich – a town on the lake – said on Tuesday.\nNo one was hurt."
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_usual_encodings_give_the_same_text(encoding):
    assert decode(SENTENCE.encode(encoding)).text == SENTENCE


def test_the_encoding_is_noted_unless_it_is_utf8():
    assert decode(SENTENCE.encode()).notes == ()
    assert decode(SENTENCE.encode("cp1252")).notes == ("read as Windows-1252",)
    assert decode(SENTENCE.encode("utf-16")).notes == ("read as UTF-16",)


def test_a_file_of_two_encodings_keeps_both():
    data = "“One,” he said.\n".encode() * 3 + "“Two,” she said.\n".encode("cp1252")
    decoded = decode(data)
    assert decoded.text.splitlines()[-1] == "“Two,” she said."
    assert "Windows-1252" in decoded.notes[0]


def test_russian_in_its_own_code_page_is_not_taken_for_windows_1252():
    text = "Город остался без света после ночного обстрела, сообщили власти области во вторник утром. " * 3
    assert decode(text.encode("cp1251")).text.strip() == text.strip()


@pytest.mark.parametrize("mark", ["\r\n", "\r", "\n", "\u2028", "\x0b"])
def test_line_ends_become_newlines(mark):
    assert repair(f"One.{mark}Two.") == ("One.\nTwo.", ())


def test_mojibake_is_repaired_and_nothing_else():
    scrambled = "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in SENTENCE.encode()
    )
    text, notes = repair(scrambled + "\nA “sound” line with café, naïve and Ørsted.")
    assert text.split("\n")[:2] == SENTENCE.split("\n")
    assert text.split("\n")[2] == "A “sound” line with café, naïve and Ørsted."
    assert "mojibake repaired in 1 line" in notes


def test_twice_scrambled_text_is_repaired():
    scrambled = "Today’s vote".encode().decode("cp1252").encode().decode("cp1252")
    assert repair(scrambled)[0] == "Today’s vote"


def test_windows_characters_among_controls():
    assert repair("the port\x92s quay \x96 closed\x85") == (
        "the port’s quay – closed…",
        ("3 characters read as Windows-1252",),
    )


def test_invisible_characters_go_and_spaces_become_plain():
    assert repair("a\u00a0mile, Lu\u00adhansk, zero\u200bwidth, thin\u2009space")[0] == (
        "a mile, Luhansk, zerowidth, thin space"
    )


def test_direction_overrides_are_removed_and_counted():
    text, notes = repair("invoice\u202egpj.exe\u2066x\u2069")
    assert text == "invoicegpj.exex"
    assert notes == ("3 direction controls removed",)


def test_a_joined_emoji_stays_whole():
    family = "👩\u200d🌾"
    assert repair(family)[0] == family


def test_markup_is_text_unless_it_is_a_paragraph():
    hostile = "He wrote <script>alert(1)</script> and {{ x }} and $y$ ]]>."
    assert plain_markup(repair(hostile)[0]) == (hostile, ())
    assert plain_markup("<p>One.</p>\n<p>Two<br/>three.</p>")[0] == "One.\nTwo\nthree."


def test_entities_are_decoded_once():
    assert (
        repair("Marks &amp; Spencer&#8217;s &quot;deal&quot; &amp;lt;b&amp;gt;")[0]
        == 'Marks & Spencer’s "deal" &lt;b&gt;'
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04rest", "a zip archive or office document"),
        (bytes(range(256)) * 10, "full of control characters"),
        (b"", ""),
        (SENTENCE.encode("utf-16-le"), ""),
    ],
)
def test_binary_files_are_known(data, kind):
    assert looks_binary(data) == kind
    if kind:
        with pytest.raises(BinaryContentError):
            decode(data)


@given(st.binary(max_size=300))
def test_no_bytes_are_a_traceback(data):
    encoding_of(data)
    try:
        text = decode(data).text
    except BinaryContentError:
        return
    assert "\r" not in text
    text.encode("utf-8")


@given(st.text(max_size=200))
def test_repair_is_settled_after_one_pass_on_sound_text(text):
    once, _ = repair(text)
    once.encode("utf-8")
    assert not set(once) & set("\u202e\u200b\u00ad\u00a0\r")
