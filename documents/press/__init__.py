"""The press: the only place that writes ZIP archives, PDFs and workbooks. The same values give the same bytes."""
