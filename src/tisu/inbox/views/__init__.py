"""Pages of the inbox: a person's messages and places, the administrator's outbox and workers."""
