"""Dateline turns news reports into a record one can cite."""
