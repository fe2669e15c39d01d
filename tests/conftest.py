"""Modules here are shared by tests in several folders, which find them by this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
