import pytest

from reader.domain.highlight import COLOURS
from reader.render.palette import DARK, LEGIBLE, LIGHT, PagePalette, contrast, derive, legible
from reader.tui.colours import THEMES, palette_of

DERIVED = derive(
    "pale", dark=False, page="#ffffff", ink="#888888", accent="#ffcc00", second="#99ccff", panel="#eeeeee"
)


@pytest.mark.parametrize("palette", [DARK, LIGHT, DERIVED], ids=lambda palette: palette.name)
def test_all_text_is_legible_on_its_ground(palette: PagePalette) -> None:
    pairs = {
        "mono": (palette.mono, palette.mono_ground),
        "panel": (palette.panel_ink, palette.panel),
    }
    for name in ("ink", "bright", "dim", "title", "link", "quote", "marker"):
        pairs[name] = (getattr(palette, name), palette.page)
    pairs |= {f"h{level}": (ink, palette.page) for level, ink in enumerate(palette.headings, 1)}
    pairs |= {f"code {role}": (ink, palette.panel) for role, ink in palette.code.items()}
    pairs |= {
        colour: (palette.highlights[colour].ink, palette.highlights[colour].ground) for colour in COLOURS
    }
    pairs |= {f"margin {colour}": (palette.margins[colour], palette.page) for colour in COLOURS}
    for name in ("find", "current", "sentence", "selection", "caret", "label"):
        wash = getattr(palette, name)
        pairs[name] = (wash.ink, wash.ground)
    poor = {name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < LEGIBLE}
    assert poor == {}


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda palette: palette.name)
def test_highlight_grounds_differ_from_the_page_and_each_other(palette: PagePalette) -> None:
    grounds = [palette.highlights[colour].ground for colour in COLOURS]
    assert len({*grounds, palette.page, palette.selection.ground, palette.sentence.ground}) == 8


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_an_ink_is_moved_until_it_can_be_read() -> None:
    assert contrast(legible("#ffff00", "#ffffff"), "#ffffff") >= LEGIBLE
    assert legible("#123456", "#ffffff") == "#123456"


def test_every_theme_of_textual_gives_a_legible_page() -> None:
    from textual.theme import BUILTIN_THEMES

    for theme in BUILTIN_THEMES.values():
        palette = palette_of(theme)
        assert contrast(palette.ink, palette.page) >= LEGIBLE, theme.name
        assert contrast(palette.link, palette.page) >= LEGIBLE, theme.name


def test_our_own_themes_have_our_own_palettes() -> None:
    assert [palette_of(theme) for theme in THEMES] == [DARK, LIGHT]
    assert not palette_of(THEMES[0], no_colour=True).coloured
