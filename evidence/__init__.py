"""What becomes of what is handed in: which task it is for, who must say a word, who is told."""
