"""Understanding columns: what a header means, which unit it is in, what its cells say."""
