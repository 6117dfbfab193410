"""Starting as another council.

Takes: the national list of areas, what the first person types.
Decides: what is still to do until the first readiness page.
Gives: the first-run page, the checklist, the settings pages.
"""
