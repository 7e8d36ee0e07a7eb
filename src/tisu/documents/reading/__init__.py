"""What is known about a file only by reading it. Runs in a bounded child (tisu.foundation.bounded), without Django."""
