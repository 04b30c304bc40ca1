"""Trained weights, each with its model card, and what runs them."""
