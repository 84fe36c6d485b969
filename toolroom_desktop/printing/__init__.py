"""Paper: documents of the services as PDF files, by way of Qt and without a window."""
