"""Names across scripts: how a Russian or Spanish name is spelled elsewhere, and which spellings sound alike."""
