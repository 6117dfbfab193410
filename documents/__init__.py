"""Files and the press; knows nothing of SEND.

Takes: uploads, and sheets and sections to print.
Decides: what a file is by its content, and whether it may come in.
Gives: stored files, background jobs with progress, workbooks, PDFs, ZIPs.
"""
