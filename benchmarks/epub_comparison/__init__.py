"""The same manuscripts through several makers of EPUBs, judged side by side."""
