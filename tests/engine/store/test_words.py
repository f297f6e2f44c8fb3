import pytest

from engine.store.words import phrases_of, words_of


def test_a_character_is_a_word_and_a_tail_of_latin_is_one():
    assert words_of("退款 A4") == "退 款 xa4 x4"


def test_what_is_neither_letter_nor_digit_is_left_out():
    assert words_of("JY-07，") == "xjy07 xy07 x07 x7"


def test_tails_are_cut_to_twelve_characters():
    assert words_of("1234567890abcd").split()[0] == "x1234567890ab"


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("退款", [["退", "款"]]),
        ("2603-0002", [["x26030002"]]),
        ("油封A4", [["油", "封", "xa4"]]),
        ("A4油封", [["xa4"], ["油", "封"]]),
        ("”", []),
    ],
)
def test_a_search_is_cut_likewise(text, phrases):
    assert phrases_of(text) == phrases
