"""What a machine does not have."""


class Unavailable(Exception):
    """Says in one line what is missing and what would help; what needs it is skipped."""
