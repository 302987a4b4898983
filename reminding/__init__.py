"""Who is reminded of what, and when: a plan, made anew from the documents and what was handed in."""
