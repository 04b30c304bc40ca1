"""From a configuration to a Reader, and a corpus through it into a store."""
