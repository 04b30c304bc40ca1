"""Speed of the whole way and of its stages."""
