"""Model weights: lock.py finds and checks them, one file a family loads them."""
