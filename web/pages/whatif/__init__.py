"""What if another scoring policy were adopted: tried over all of history, for the council, before it decides."""
