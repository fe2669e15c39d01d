"""The rules, one file each: a module offers a `quire.cleaning.rule.Rule` as ``RULE``.

The engine finds them by looking into this folder. Bands of `Rule.order`:

====== ==========================================================
100    characters that never mean anything, indents, blank lines
200    the web page around a text
300    pages: running heads, folios, footers
400    notes: callouts and bodies
500    figures; front and back matter
600    joins over pages; wrapped lines; headings
700    paragraphs; notes and figures brought to their places
800    punctuation, quotes, blanks
900    the manuscript's form
====== ==========================================================
"""
