"""Serving what is a file already, before Django is asked: baked pages, media, static files.

Knows no noun of Banderole and touches no database: a reader's page is a lookup in memory and one `stat`.
"""
