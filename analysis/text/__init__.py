"""Text statistics: how often, in which company, how evenly and how differently words are used, outlet by outlet."""
