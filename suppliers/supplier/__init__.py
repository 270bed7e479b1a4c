"""A supplier: from proposal through approval to the end of the relationship."""

from suppliers.supplier.details import SupplierDetails
from suppliers.supplier.standing import IN_SERVICE, OPEN, Standing
from suppliers.supplier.supplier import Supplier

__all__ = ["IN_SERVICE", "OPEN", "Standing", "Supplier", "SupplierDetails"]
