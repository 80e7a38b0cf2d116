"""Machinery that knows nothing of texts: threads, the cache folder, files that appear whole, nearest neighbours."""
