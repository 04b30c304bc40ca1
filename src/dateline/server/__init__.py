"""The record over HTTP: a REST API and the reading room, both read from one store."""
