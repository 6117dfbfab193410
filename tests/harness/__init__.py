"""Real things that tests start and stop: worker processes, ports, the wall around the network."""
