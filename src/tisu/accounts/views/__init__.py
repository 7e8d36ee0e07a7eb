"""Pages of sign-in and of the three administrators, each administrator in a file of its own."""
