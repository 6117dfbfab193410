"""Charts: what is drawn, that nothing inline comes with it, and that the same chart is drawn once."""

import re
from xml.etree import ElementTree

import pytest

from documents import charts
from documents.press.charts import Band, Bar, BarChart, Line, StripChart, Tick, TrendChart
from documents.press.drawing import draw, picture
from documents.press.pdf import render_pdf
from documents.press.vega import spread_apart

YEARS = ("2021", "2022", "2023", "2024")
TREND = TrendChart(
    title="Plans <within> 20 weeks & more",
    unit="per cent",
    steps=YEARS,
    lines=(
        Line(name="Wexcombe", values=(60.0, None, 80.0, 97.5), is_own=True, symbols=("", "c", "", "")),
        Line(name="England", values=(60.0, 50.0, 48.0, 46.4)),
    ),
    band=Band(name="neighbours", low=(20.0,) * 4, high=(80.0,) * 4),
)
BARS = BarChart(
    title="Bars", bars=(Bar(name="Us", value=3.0, text="3", is_own=True), Bar(name="A", value=None, text="c"))
)
STRIP = StripChart(
    title="All areas",
    ticks=(*(Tick(value=float(n)) for n in range(150)), Tick(value=97.5, kind="own"), Tick(value=40.0, kind="near")),
    own_text="Wexcombe 97.5 %",
    reference=46.4,
    reference_text="England 46.4 %",
)
EMPTY = (
    TrendChart(title="Nothing", steps=(), lines=()),
    BarChart(title="Nothing", bars=()),
    StripChart(title="Nothing", ticks=()),
)
ALL = [
    pytest.param(TREND, id="trend"),
    pytest.param(BARS, id="bars"),
    pytest.param(STRIP, id="strip"),
    *(pytest.param(chart, id=f"empty {type(chart).__name__}") for chart in EMPTY),
]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.CHART_DIR = tmp_path / "charts"
    charts._at_hand.clear()
    return settings.CHART_DIR


@pytest.mark.parametrize("chart", ALL)
def test_drawing_holds_no_style_and_no_script(chart):
    svg = draw(chart)

    assert not re.search(r"<style|\sstyle=|<script|\son[a-z]+=|javascript:|<image|href=", svg)
    assert "<foreignObject" not in svg


@pytest.mark.parametrize("chart", ALL)
def test_drawing_is_one_picture_with_its_title_first(chart):
    root = ElementTree.fromstring(draw(chart))

    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.title
    assert root[0].tag == "{http://www.w3.org/2000/svg}title"
    assert root[0].text == chart.title
    assert not [one for one in root.iter() if one is not root and one.get("role")]


def test_trend_names_each_line_at_its_end_and_shows_symbols():
    texts = [one.text for one in ElementTree.fromstring(draw(TREND)).iter("{http://www.w3.org/2000/svg}text")]

    assert {"Wexcombe", "England", "c", "2024", "per cent"} <= set(texts)


def test_own_line_is_thicker_and_others_are_dashed():
    svg = draw(TREND)

    assert 'stroke-width="3"' in svg
    assert 'stroke-dasharray="6,3"' in svg


def test_line_is_not_drawn_across_a_missing_year():
    lines = re.findall(r'<path d="([^"]+)" stroke="#0b5a60" stroke-width="3"', draw(TREND))

    # The year alone before the gap is a dot; the two after it are one stroke.
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("places", "apart"),
    [
        pytest.param([10, 100], [10, 100], id="far enough"),
        pytest.param([10, 12], [10, 25], id="the lower moves down"),
        pytest.param([10, 12, 14], [10, 25, 40], id="three in a row"),
        pytest.param([215, 219, 220], [190, 205, 220], id="at the foot they move up"),
        pytest.param([], [], id="none"),
    ],
)
def test_names_are_spread_apart(places, apart):
    assert spread_apart(places) == apart


def test_same_chart_is_drawn_once_and_kept(folder):
    assert charts.kept_drawing(TREND) is None

    first = charts.drawing_of(TREND)
    charts._at_hand.clear()

    assert charts.kept_drawing(TREND) == first
    assert len(list(folder.glob("*/*.svg"))) == 1
    assert charts.kept_drawing(STRIP) is None


def test_drawing_of_the_same_chart_is_the_same():
    assert draw(STRIP) == draw(STRIP)


def test_old_drawings_are_tidied_and_drawn_again(folder, monkeypatch):
    charts.drawing_of(BARS)
    monkeypatch.setattr(charts, "KEEP_SECONDS", -10)

    assert charts.tidy_drawings() == 1
    assert charts.drawing_of(BARS)


def test_drawing_stands_in_a_tagged_pdf_as_a_figure():
    pdf = render_pdf(f"<h1>Report</h1><figure>{draw(STRIP)}</figure>", title="Report", marking="OFFICIAL")

    assert pdf.startswith(b"%PDF-1.7")


def test_picture_is_a_png():
    assert picture(draw(BARS)).startswith(b"\x89PNG")
