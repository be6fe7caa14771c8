"""Reports on terminals: distribution, relations, scores and key accounts."""
