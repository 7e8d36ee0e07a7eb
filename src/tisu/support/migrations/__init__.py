"""A new database runs what stands here. `replaced/` holds the steps that older databases came by, and is found as if it
stood here too: docs/decisions/0044-few-steps-to-a-new-database.md."""

__path__.append(f"{__path__[0]}/replaced")
