"""One module per chat service; each fits `core.platform.Platform`."""
