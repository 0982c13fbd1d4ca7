"""A draft becomes an edition: checked by machine as a reader sees it, approved by people, then published."""
