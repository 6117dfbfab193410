"""No suppressed number follows from what is shown: from totals, from the other list, from a second table."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from children.domain.composition import Composition, Dimension, cross_table, single_table
from children.domain.suppression import SUPPRESSED, Rule, hide_grid, hide_line

RULE = Rule()


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        pytest.param((10, 20, 30), set(), id="nothing is small"),
        pytest.param((0, 20, 30), set(), id="a zero is no small number"),
        pytest.param((3, 20, 30), {0, 1}, id="one small number takes the next smallest with it"),
        pytest.param((3, 5, 30), {0, 1}, id="two small numbers that come to more than five"),
        pytest.param((2, 3, 30), {0, 1, 2}, id="two that come to five themselves take a third"),
        pytest.param((6, 20, 30), set(), id="six is shown"),
        pytest.param((5, 20, 0), {0, 1}, id="five is hidden, zero is shown"),
        pytest.param((2, 1, 0), {0, 1, 2}, id="a small total hides all"),
        pytest.param((1, 1, 1, 1, 1, 1, 0), set(range(7)), id="nothing but ones hides the zeros too"),
        pytest.param((0, 0, 0), set(), id="nobody"),
    ],
)
def test_hidden_of_a_line(counts, hidden):
    assert hide_line(counts, RULE).categories == hidden


def test_small_total_is_hidden_itself():
    assert hide_line((2, 1, 0), RULE).is_total_hidden
    assert not hide_line((3, 20, 30), RULE).is_total_hidden


def test_another_threshold_hides_more():
    assert hide_line((8, 20, 30), Rule(10)).categories == {0, 1}


def test_grid_hides_a_small_cell_with_three_others():
    hidden = hide_grid(((3, 40, 50), (60, 70, 80), (90, 95, 99)), RULE)

    assert len(hidden.cells) == 4
    assert (0, 0) in hidden.cells


def test_grid_with_a_hidden_total_hides_the_line_with_its_zeros():
    hidden = hide_grid(((3, 0, 0), (10, 20, 30), (40, 50, 60)), RULE)

    assert {(0, 0), (0, 1), (0, 2)} <= hidden.cells


# -- properties


def composition_of(cells: list[list[list[list[int]]]]) -> Composition:
    """`cells[list][a][b][c]` → counts of three dimensions, as `compose` would give them."""
    a, b, c = (range(len(cells[0])), range(len(cells[0][0])), range(len(cells[0][0][0])))
    sizes = {"a": a, "b": b, "c": c}
    lists = tuple(f"List_{number}" for number in range(1, len(cells) + 1))

    def total(name: str, **at: int) -> int:
        cube = cells[lists.index(name)]
        return sum(
            cube[x][y][z]
            for x, y, z in product(a, b, c)
            if all({"a": x, "b": y, "c": z}[key] == place for key, place in at.items())
        )

    return Composition(
        lists=lists,
        dimensions=tuple(
            Dimension(code, code.upper(), tuple(f"{code}{n}" for n in size)) for code, size in sizes.items()
        ),
        singles={
            code: {name: tuple(total(name, **{code: n}) for n in size) for name in lists}
            for code, size in sizes.items()
        },
        pairs={
            (one, two): {
                name: tuple(tuple(total(name, **{one: m, two: n}) for n in sizes[two]) for m in sizes[one])
                for name in lists
            }
            for one, two in (("a", "b"), ("a", "c"), ("b", "c"))
        },
    )


COUNTS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 60))


@st.composite
def compositions(draw):
    a, b, c = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 3))
    cell = draw(st.sampled_from([COUNTS, st.integers(0, 3), st.integers(0, 1)]))
    numbers = [draw(st.lists(cell, min_size=a * b * c, max_size=a * b * c)) for _ in range(2)]
    return composition_of(
        [[[line[(x * b + y) * c : (x * b + y + 1) * c] for y in range(b)] for x in range(a)] for line in numbers]
    )


def published(composition: Composition, pairs) -> dict:
    """Every figure that a reader can have of the dimensions and pairs: key → count or the symbol.

    A key is (list, {dimension: category}) with "T" for the lists together; totals leave the dimension out.
    """
    shown = {}
    for dimension in composition.dimensions:
        table = single_table(composition, dimension, RULE)
        for place, row in enumerate((*table.rows, table.total)):
            at = frozenset() if row is table.total else frozenset({(dimension.code, place)})
            for name, figure in zip((*composition.lists, "T"), row.figures, strict=True):
                put(shown, (name, at), figure)
    for one, two in pairs:
        first, second = composition.dimension(one), composition.dimension(two)
        for of, name in (*((name, name) for name in composition.lists), ("", "T")):
            for turned in (False, True):
                x, y = (second, first) if turned else (first, second)
                table = cross_table(composition, x, y, of=of, rule=RULE)
                for m, row in enumerate((*table.rows, table.total)):
                    for n, figure in enumerate(row.figures):
                        at = set()
                        if row is not table.total:
                            at.add((x.code, m))
                        if n < len(y.categories):
                            at.add((y.code, n))
                        put(shown, (name, frozenset(at)), figure)
    return shown


def put(shown: dict, key, figure) -> None:
    """Every table that shows a figure shows the same."""
    assert shown.setdefault(key, figure) == figure


def truth(composition: Composition, key) -> int:
    name, at = key
    names = composition.lists if name == "T" else (name,)
    places = dict(at)
    if not places:
        return sum(sum(composition.singles["a"][each]) for each in names)
    if len(places) == 1:
        ((code, place),) = places.items()
        return sum(composition.singles[code][each][place] for each in names)
    one, two = sorted(places)
    return sum(composition.pairs[one, two][each][places[one]][places[two]] for each in names)


def equations(composition: Composition, keys) -> list[dict]:
    """What every reader knows of any such figures: parts add up to their total, lists to both together."""
    found = []
    for key in keys:
        name, at = key
        if name == "T":
            found.append({key: -1, **{(each, at): 1 for each in composition.lists}})
        for dimension in composition.dimensions:
            parts = [(name, at | {(dimension.code, n)}) for n in range(len(dimension.categories))]
            if dimension.code not in dict(at) and all(part in keys for part in parts):
                found.append({key: -1, **dict.fromkeys(parts, 1)})
    return found


def determined(shown: dict, composition: Composition) -> set:
    """Hidden figures that the equations give exactly (elimination in fractions)."""
    hidden = [key for key, figure in shown.items() if figure == SUPPRESSED]
    place = {key: number for number, key in enumerate(hidden)}
    pivots: dict[int, dict[int, Fraction]] = {}
    for equation in equations(composition, shown.keys()):
        row = {place[key]: Fraction(factor) for key, factor in equation.items() if key in place}
        while row:
            lead = min(row)
            if lead not in pivots:
                pivots[lead] = {n: value / row[lead] for n, value in row.items()}
                break
            factor = row[lead]
            for n, value in pivots[lead].items():
                row[n] = row.get(n, Fraction(0)) - factor * value
                if not row[n]:
                    del row[n]
    for lead in sorted(pivots, reverse=True):
        row = pivots[lead]
        for other in [n for n in row if n != lead and n in pivots]:
            factor = row.pop(other)
            for n, value in pivots[other].items():
                if n != other:
                    row[n] = row.get(n, Fraction(0)) - factor * value
                    if not row[n]:
                        del row[n]
    return {hidden[lead] for lead, row in pivots.items() if len(row) == 1}


@settings(max_examples=150, deadline=None)
@given(compositions(), st.sampled_from([[("a", "b")], [("a", "b"), ("a", "c")], [("a", "b"), ("a", "c"), ("b", "c")]]))
def test_no_hidden_figure_follows_by_adding_and_subtracting(composition, pairs):
    shown = published(composition, pairs)

    assert not determined(shown, composition)


@settings(max_examples=150, deadline=None)
@given(compositions())
def test_every_small_figure_is_hidden_and_every_shown_one_is_right(composition):
    for key, figure in published(composition, composition.pairs).items():
        count = truth(composition, key)
        assert figure == count if figure != SUPPRESSED else True
        assert figure == SUPPRESSED or not RULE.is_small(count)


@settings(max_examples=150, deadline=None)
@given(compositions())
def test_rest_of_a_line_is_no_small_number(composition):
    shown = published(composition, composition.pairs)
    for equation in equations(composition, shown.keys()):
        (total,) = [key for key, factor in equation.items() if factor < 0]
        parts = [key for key, factor in equation.items() if factor > 0]
        hidden = [key for key in parts if shown[key] == SUPPRESSED]
        if shown[total] != SUPPRESSED and hidden:
            assert sum(truth(composition, key) for key in hidden) > RULE.threshold


@settings(max_examples=150, deadline=None)
@given(compositions())
def test_lines_without_small_numbers_hide_nothing(composition):
    for dimension in composition.dimensions:
        lines = composition.singles[dimension.code].values()
        if not any(RULE.is_small(count) for line in lines for count in (*line, sum(line))):
            assert not single_table(composition, dimension, RULE).hides_any


def alternatives(grid, hidden, rule):
    """Every grid of whole numbers that would be shown just as this one, found by trying all."""
    height, width = len(grid), len(grid[0])
    total = sum(map(sum, grid))
    closed_rows, closed_columns = hidden.rows.categories, hidden.columns.categories
    row_sums = [None if row in closed_rows else sum(grid[row]) for row in range(height)]
    column_sums = [None if column in closed_columns else sum(line[column] for line in grid) for column in range(width)]
    choices = [
        range(total + 1) if (row, column) in hidden.cells else (grid[row][column],)
        for row in range(height)
        for column in range(width)
    ]

    def fill(place, so_far, row_left, column_left, left):
        if place == len(choices):
            if left == 0 and not any(row_left) and all(not n for n in column_left if n is not None):
                yield tuple(tuple(so_far[r * width : (r + 1) * width]) for r in range(height))
            return
        row, column = divmod(place, width)
        for count in choices[place]:
            if count > left or (column_left[column] is not None and count > column_left[column]):
                break
            if row_left[row] is not None and count > row_left[row]:
                break
            if column == width - 1 and row_left[row] is not None and count != row_left[row]:
                continue
            rows, columns = list(row_left), list(column_left)
            if rows[row] is not None:
                rows[row] -= count
            if columns[column] is not None:
                columns[column] -= count
            yield from fill(place + 1, [*so_far, count], rows, columns, left - count)

    yield from fill(0, [], row_sums, column_sums, total)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=2), st.integers(1, 3))
def test_every_hidden_cell_could_be_another_whole_number(rows, threshold):
    grid, rule = tuple(map(tuple, rows)), Rule(threshold)
    hidden = hide_grid(grid, rule)
    if hidden.is_total_hidden or not hidden.cells:
        return
    seen: dict = {place: set() for place in hidden.cells}
    for other in alternatives(grid, hidden, rule):
        for row, column in hidden.cells:
            seen[row, column].add(other[row][column])
        if all(len(values) > 1 for values in seen.values()):
            break

    assert all(len(values) > 1 for values in seen.values())
