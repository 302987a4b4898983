"""Reading documents and finding answers in them; pure functions over values."""
