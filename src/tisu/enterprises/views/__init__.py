"""The register of firms for staff of their region; a firm sees itself."""
