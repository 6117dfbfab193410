"""Do the measures measure? Small checks over what the strategy says, each saying how it was found. Never a score."""
