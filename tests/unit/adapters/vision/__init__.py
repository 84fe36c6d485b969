"""Tests of the vision edge."""
