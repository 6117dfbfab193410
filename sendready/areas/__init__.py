"""A local area as a folder of files.

Takes: a folder with `area.yaml`, and beside it `people.yaml`, `items.yaml` and `documents/` where there are any.
Decides: whether the folder is whole; every fault is told with file and line before anything is written.
Gives: the area, its people, its answers to the request items; loading again doubles nothing.
"""
