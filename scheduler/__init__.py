"""What the clock sets off, and the one worker that sends."""
