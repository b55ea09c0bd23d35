"""Dumps: all that is published, in files that anybody can keep. Each is dated, whole and never changed."""
