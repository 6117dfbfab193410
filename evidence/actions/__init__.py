"""Each change that a person can cause to evidence: items, their revisions, the points that they speak to."""
