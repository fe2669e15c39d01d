"""Clean manuscripts that the cleaner is measured with."""
