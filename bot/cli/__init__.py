"""The commands, one file each: what is asked on the command line, and what is printed."""
