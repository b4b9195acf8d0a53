"""What students handed in: found, bounded, read, repaired."""
