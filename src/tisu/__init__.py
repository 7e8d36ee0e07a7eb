"""Tisu (提速): the working system of a county's business-environment office."""
