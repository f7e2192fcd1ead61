from catalog.readme.ranges import Replacement, replaced


def test_what_no_range_covers_is_copied():
    assert replaced(b"one two three", [Replacement(4, 7, b"2")]) == b"one 2 three"
    assert replaced(b"one", []) == b"one"


def test_the_order_in_which_ranges_are_given_does_not_matter():
    ranges = [Replacement(4, 7, b"2"), Replacement(0, 3, b"1")]
    assert replaced(b"one two", ranges) == replaced(b"one two", ranges[::-1]) == b"1 2"


def test_an_empty_range_is_a_place_to_insert():
    assert replaced(b"ad", [Replacement(1, 1, b"b"), Replacement(1, 1, b"c")]) == b"abcd"


def test_what_is_inserted_stands_before_what_begins_there():
    assert replaced(b"ab", [Replacement(1, 2, b"B"), Replacement(1, 1, b"-")]) == b"a-B"


def test_what_is_inserted_behind_a_range_stands_behind_it():
    assert replaced(b"ab", [Replacement(1, 1, b"-"), Replacement(0, 1, b"A")]) == b"A-b"


def test_where_ranges_overlap_the_outer_one_holds():
    inner, outer = Replacement(1, 2, b"x"), Replacement(0, 3, b"ABC")
    assert replaced(b"abcd", [inner, outer]) == b"ABCd"
    assert replaced(b"abcd", [Replacement(0, 1, b"x"), outer]) == b"ABCd"


def test_what_is_taken_away_may_begin_within_another_range():
    ranges = [Replacement(1, 3, b""), Replacement(2, 5, b"")]
    assert replaced(b"abcdef", ranges) == b"af"
    assert replaced(b"abcdef", [Replacement(1, 3, b"x"), ranges[1]]) == b"axf"


def test_only_a_part_of_the_bytes_can_be_asked_for():
    assert replaced(b"one two three", [Replacement(4, 7, b"2")], 4, 9) == b"2 t"
