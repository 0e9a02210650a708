"""Cuts Inter down to what the page shows: font.py SOURCE.otf RESULT.otf [--headings]

Kept: Basic Latin, Latin-1, Greek, arrows, the mathematical signs of the page and a few marks. With --headings Basic
Latin and the letters of formulas alone: what else stands in a heading is shown in the regular weight. Tabular figures become
the default digits (the character map points to the tnum glyphs), because an immediate-mode text renderer applies no
OpenType features. Nabla, which Inter lacks, is drawn as the capital delta turned by half a turn. Layout tables and
hinting go: the renderer reads neither. Outlines stay as they are (CFF or TrueType).
"""

# SPDX-License-Identifier: MIT
import sys

from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RANGES = [(0x20, 0x7E), (0xA0, 0xFF), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9)]
SIGNS = "←↑→↓↔⇧⌘−×·±√∞∂∇∑∏∫≈≠≤≥‖ℓ⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉½⅓¼–—‘’“”…•‰●○■□▲△▶▼◀◆◇★☆✓✗"
HEADING_RANGES = [(0x20, 0x7E), (0x3B1, 0x3C9)]
HEADING_SIGNS = "→−×·²⁺∂"
NABLA = 0x2207
DELTA = 0x394
DIGITS = "0123456789.,:+-−"


def tabular_glyphs(font):
    """The substitutions of the feature tnum: glyph name -> name of its tabular form."""
    table = font["GSUB"].table
    found = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for subtable in table.LookupList.Lookup[index].SubTable:
                subtable = getattr(subtable, "ExtSubTable", subtable)
                found.update(getattr(subtable, "mapping", {}))
    return found


def set_mapping(font, code, name):
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def bake_tabular_figures(font):
    tabular = tabular_glyphs(font)
    mapping = font.getBestCmap()
    for character in DIGITS:
        name = mapping.get(ord(character))
        if name in tabular:
            set_mapping(font, ord(character), tabular[name])
    # Interpolated weights round the widths of single digits differently by a few units in a thousand.
    digits = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    widths = [font["hmtx"][name][0] for name in digits]
    if max(widths) > 1.005 * min(widths):
        raise SystemExit(f"the digits are not tabular: widths {sorted(set(widths))}")
    for name in digits:
        font["hmtx"][name] = (max(widths), font["hmtx"][name][1])


def add_nabla(font):
    """Delta turned by 180 degrees within its own box: the turning direction of the outline stays."""
    mapping = font.getBestCmap()
    if NABLA in mapping:
        return
    delta = mapping[DELTA]
    glyphs = font.getGlyphSet()
    advance, bearing = font["hmtx"][delta]
    turn = (-1, 0, 0, -1, advance, font["OS/2"].sCapHeight)
    name = "uni2207"
    if "CFF " in font:
        cff = font["CFF "].cff.topDictIndex[0]
        pen = T2CharStringPen(advance, glyphs)
        glyphs[delta].draw(TransformPen(pen, turn))
        source = cff.CharStrings[delta]
        charstring = pen.getCharString(source.private, source.globalSubrs)
        assert isinstance(charstring, T2CharString)
        cff.CharStrings.charStringsIndex.append(charstring)
        cff.CharStrings.charStrings[name] = len(cff.CharStrings.charStringsIndex) - 1
        cff.charset.append(name)
        if hasattr(cff, "FDSelect"):
            cff.FDSelect.append(cff.FDSelect[font.getGlyphID(delta)])
    else:
        pen = TTGlyphPen(glyphs)
        glyphs[delta].draw(TransformPen(pen, turn))
        font["glyf"][name] = pen.glyph()
    font.setGlyphOrder(font.getGlyphOrder() + ([] if name in font.getGlyphOrder() else [name]))
    font["hmtx"][name] = (advance, bearing)
    set_mapping(font, NABLA, name)


def main(source, result, *words):
    headings = words == ("--headings",)
    font = TTFont(source)
    bake_tabular_figures(font)
    add_nabla(font)
    ranges, signs = (HEADING_RANGES, HEADING_SIGNS) if headings else (RANGES, SIGNS)
    wanted = {code for low, high in ranges for code in range(low, high + 1)} | {ord(c) for c in signs} | {NABLA}
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True  # 5 kB larger each, but 1.7 kB smaller once compressed
    options.name_IDs = [0, 1, 2, 5, 13, 14]
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "STAT", "DSIG", "meta"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(result)
    missing = sorted(wanted - set(font.getBestCmap()))
    print(f"{result}: {len(font.getGlyphOrder())} glyphs; not in the font:", " ".join(map(chr, missing)) or "none")


if __name__ == "__main__":
    main(*sys.argv[1:])
