"""Recognise and read a survey tool's export: one file per tool, one line each in the registry."""
