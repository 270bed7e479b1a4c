"""How fast it is, as ratios between things measured in turns in one run."""
