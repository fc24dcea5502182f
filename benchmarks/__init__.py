"""What the handbook costs as it grows, next to plain tools on the same content; see README.md."""
