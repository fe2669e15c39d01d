"""Stores, one file each: their guides' limits as data, and what their copy of an EPUB needs.

A module offers its `quire.editions.epub.store.Store` as ``STORE``, and is found by looking here.
"""
