"""Every number that the reading and judging of pages rests on, in one table.

Priors are log-odds that a line belongs to the release, before anyone has looked at the other language: 0 says nothing,
+2 is seven to one for the release, -2 seven to one against it. The priors of a line's shape and of its context add up.

Each row says how its value was found: by a command, or "by hand" with the reason. Rows by hand were chosen on the
pages of `corpora/pages` and the tests of `tests/sections`, and are open to fitting.
"""

# --- Prior by shape and context (log-odds; by hand unless said otherwise) -------------------------------------------

SENTENCES = 2.0
"""A line that ends as a sentence does: menus and footers seldom hold one."""
LOOSE = 1.0
"""A long line without a full stop: a paragraph that lost its stop as often as a teaser."""
SHORT_INSIDE = 0.5
"""A short line between the first and the last sentence of its language: a heading, an item of a list."""
SHORT_OUTSIDE = -0.6
"""A short line before the first or after the last sentence of its language: a signatory as often as a site's tool."""
HEADING = 0.8
"""Added where the format says that the line is a heading, or a bullet that it is an item of a list."""
TITLE = 2.0
"""Added to the line that looks like the headline of its language."""
IN_MAIN = 0.8
"""Added where trafilatura took the line as main content."""
OUTSIDE_MAIN = -1.2
"""Added where it did not, but took most sentences of this language. On pages in two languages it may take one half."""
AFTER_LIST_HEADING = -2.8
"""Added below a heading such as "Related news", as far as its language goes: teasers end as sentences do."""
AFTER_WATERMARKED = -2.8
"""Added below the last watermarked paragraph of a page whose article carries a watermark."""
VERY_SHORT_RUN = -0.6
"""Added in a run of very short lines without bullets, as menus are."""
MARK = -1.2
"""Added to a line of one word or two characters: a mark between two texts."""
LETTERHEAD = -2.5
"""Added to a company's or a site's name above the first sentence."""
DATED_TEASER = -1.5
"""Added to a headline with a date before or after it, as in lists of news."""
CREDIT = -6.0
"""A source, an author, a date of publication: true translations that nobody wants."""
EDGE_CREDIT = -1.4
"""A line that is a credit at the edges of a page and text elsewhere: contacts, a time, a date of an event."""
CONTACT_LINE = -3.2
"""A line of a contact: kept among text, left out where it ends the page. Weaker values keep contacts that the gold of
`corpora/pages` leaves out, stronger ones lose those of `python -m benchmarks pages --half fitted`."""
APPEAL = -8.0
"""Added to sentences that ask readers to subscribe. They stand below one language and pair with its last line."""
LINK = -4.0
"""A line that is a link and no sentence."""
HARD = -8.0
"""Boilerplate by itself: inside `<nav>`, a fixed phrase of sites, a breadcrumb, rights, an address."""

# --- What the other language says (log-odds added to the priors of both sides of a bead) ----------------------------

CONFIDENCE_WEIGHT = 0.6
"""Weight of the log-odds of a bead's posterior, cut off at +-3. By hand: a sure bead outweighs a soft line."""
MARGIN_WEIGHT = 0.8
"""Weight of the distance of a bead's margin from `SURE_MARGIN`, in tenths of cosine, cut off at +-2. By hand."""
MOST_LOGIT = 3.0
"""Where those log-odds are cut off. By hand: posteriors beyond 0.95 say no more about boilerplate."""
MOST_MARGIN = 2.0
"""Where those tenths of cosine are cut off. By hand, as above."""
SURE_MARGIN = 0.05
"""Margin from which a bead speaks for a translation: of right pairs in news (WMT21), 95 of 100 have more."""
COUPLING = 3.0
"""Log-odds that two neighbouring beads, next to each other on both sides, are of one kind. By hand: a footer of one
line between two paragraphs is cut when it is hard boilerplate, and kept when it is soft."""
NEAR_LINES = 3.0
"""Lines after which the coupling has fallen to a third. By hand; three lines are a heading and a date."""
ISLAND = -1.5
"""Log-odds of release text that begins away from any other. By hand: menus in both languages stand alone."""
ALONE = 0.6
"""Prior up to which a line without a counterpart counts as boilerplate, on a page whose other text has one: a short
line that nothing but its place speaks for. By hand; no unit depends on it."""
ALL_TEXT = 5.0
"""Added to every bead where the user has said that all is the release (two files, `--keep-all`): only hard boilerplate
on both sides stays out. By hand."""

# --- The gate (its fitted weights are in `matching.weights`) ----------------------------------------------------------

LEAST_PROBABILITY = 0.02
"""Probability of a page below which it is refused. Measured by `python -m benchmarks gate`: of 823 translations two
excerpts of one or two beads lie below it, of 367 shuffled texts one above it."""
STANDS_OUT = 0.85
"""Probability from which a bead counts on a page below that floor. Same command: it keeps a sixth of the quotations on
pages that are no translations, and no bead of the shuffled texts but one."""
REGION = 4
"""Beads before and after a bead that are its region. By hand: a paragraph or two."""

# --- Shape of lines -------------------------------------------------------------------------------------------------

SAMPLE = 20_000
"""Characters of a line that are looked at for language and length. By hand: bounds the work, and decides as well."""
HEADLINE_WEIGHT = 48
"""Weight (a Chinese character 1, a Latin word 2) up to which questions and exclamations may be headlines. By hand."""
SENTENCE_WEIGHT = 4
"""Weight of the shortest sentence. By hand: "Thank you." is one, "Inc." is not."""
LOOSE_WEIGHT = 50
"""Weight from which a line without a stop is a paragraph rather than a headline. By hand."""
INTRODUCTION_WEIGHT = 16
"""Weight from which a line that ends in a colon opens a list. By hand."""
VERY_SHORT = 8
"""Weight up to which a line is an entry of a menu rather than a heading: 4 words or 8 characters. By hand."""
VERY_SHORT_LINES = 4
"""Lines of such a run. By hand."""
MARK_WEIGHT = 2
"""Weight of a mark between two texts. By hand."""
TITLE_WEIGHT = (2, 80)
"""Weights that a headline may have. By hand."""
EXTRACTED = 0.6
"""Share of a language's sentences from which trafilatura is believed about it. By hand, see `OUTSIDE_MAIN`."""
WATERMARKED = 0.5
"""Share of the sentences that must carry the watermark for its last paragraph to end the article. By hand."""
CONTAINER_SHARE = 0.4
"""Share of a page's sentences from which an element is no boilerplate, whatever it is called. By hand."""
LINKED = 0.6
"""Share of linked characters from which a line without a finished sentence is a link. By hand."""

# --- Languages in a line and on a page ------------------------------------------------------------------------------

PART_WORDS = 3
"""English words of a part that may stand beside Chinese in a paragraph; fewer are a name. By hand."""
PART_HAN = 4
"""Chinese characters of such a part. By hand."""
HEADING_PARTS = 44
"""Weight up to which a line may be a heading in both languages, with parts of any length. By hand: longer lines hold
names in Latin script."""
LENGTH_RATIO = (0.8, 9.0)
"""English characters for a Chinese one between which two parts of a line can be translations: measured 2.4 to 5.0 for
paragraphs (WMT21, 1st to 99th percentile), wider for headings."""
HEADLINE_WORDS = 4
"""English words of a headline that stands beside its translation without a mark between. By hand."""
LONGEST_INSIDE = 600
"""Characters after which an opening quote or bracket is taken as never closed. By hand."""
KANA_SHARE = 0.25
"""Share of kana among kana and ideographs from which a text is Japanese. By hand: Japanese prose has about 0.5, a
Chinese sentence with a Japanese title in it 0.15."""
SECOND_SCRIPT = 0.2
"""Share of characters of one script only, from which a page has both simplified and traditional text. By hand: texts in
one script have up to 0.1 of the other, in names and by characters that OpenCC converts both ways."""
LONE_SHARE = 0.1
"""Share of a page's text below which a language is no half of it but a remark. By hand."""

# --- Watermarks -----------------------------------------------------------------------------------------------------

WATERMARK_KEY = 6
"""Characters of the shortest watermark. By hand."""
WATERMARK_LONGEST = 300
"""Characters of either end of a block that are looked at. By hand: bounds the work."""
WATERMARK_FEWEST = 3
"""Blocks that must carry it. By hand: twice is no repetition."""
WATERMARK_AGREEING = 0.9
"""Share of a group of blocks that must carry the whole of it; the others end alike by chance. By hand."""
WATERMARK_FINISHED = 0.6
"""Share of the blocks whose text before it must be a finished sentence. By hand."""
WATERMARK_STRONG_SHARE = 0.5
"""Share of a page's blocks from which a whole sentence counts as a watermark: no writer repeats himself like that."""
WATERMARK_STRONG_FEWEST = 5
"""Blocks of the same. By hand."""

# --- Words of sites -------------------------------------------------------------------------------------------------

CUE_LENGTH = 60
"""Characters of a line in which words of sites are looked for. By hand."""
LIST_HEADING_LENGTH = 24
"""Characters of a longer heading that begins like "Related news". By hand."""
APPEAL_LENGTH = 60
"""Characters of an appeal to follow or download. By hand; longer ones are told as sentences are."""
MENU_FEWEST = 4
"""Names in a menu on one line. By hand."""
MENU_NAME = 20
"""Characters of the longest of them. By hand."""
LETTERHEAD_LENGTH = 120
"""Characters of the longest name of a company, in both languages. By hand."""
NAME_HAN, NAME_LATIN = 6, 10
"""A site's name in both languages on one line has no more than 6 characters and weight 10 of words. By hand."""
CREDIT_LENGTH = 240
"""Characters of the longest credit line; what is longer is text that begins with such a word. By hand."""
CREDIT_VALUE = 90
"""Characters of the longest value in one. By hand."""
DATE_REST = 60
"""Characters that may stand beside a date in a line that is little more than that. By hand."""
