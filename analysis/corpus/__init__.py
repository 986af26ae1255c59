"""From files to articles: found, read, cleaned, dated, attributed, and kept with where each line came from."""
