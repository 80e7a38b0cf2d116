"""Writers: units to files, one file a format."""
