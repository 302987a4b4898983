"""Every sentence a person reads: constants, or functions of values; one voice, "thầy/cô"."""
