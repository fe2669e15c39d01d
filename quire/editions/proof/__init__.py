"""The proof: spreads of the print edition with trim, grid and safe area drawn over them."""

from quire.editions.proof.edition import EDITION, Proof

__all__ = ["EDITION", "Proof"]
