"""Pages of support: the list and the figures, asking, steps, the firm's own side, task forces."""
