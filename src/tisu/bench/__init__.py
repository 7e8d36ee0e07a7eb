"""`tisu bench`: how fast the house is at a given size, measured and set beside its targets (docs/performance.md)."""

ADDRESSES = "tisu.bench.addresses"
