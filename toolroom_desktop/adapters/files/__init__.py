"""Files that people exchange with the station: toolkits as YAML and CSV."""
