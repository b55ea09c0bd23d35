"""Names across scripts: how a Russian name is spelled elsewhere, and which spellings sound alike."""
