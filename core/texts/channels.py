"""What a chat says about what its service can and cannot carry, and what the operator is told about quotas."""


def file_link(name: str, url: str) -> str:
    """A file that the service does not carry, by its address."""
    return f"Tệp: {name}\n{url}"


def file_not_shown(name: str) -> str:
    """A file that the service does not carry, where we have no public address."""
    return f"Tệp: {name} (ở đây tôi không gửi được tệp này)"
