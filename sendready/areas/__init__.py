"""A local area as a folder of files.

Takes: a folder with `area.yaml`; where they exist `people.yaml`, `strategy.yaml`, `evidence.yaml`, `items.yaml` and
`documents/` beside it.
Decides: whether the folder is whole; every fault is told with file and line before anything is written.
Gives: the area, its people, its strategy, its answers to the request items; loading again doubles nothing.
"""
