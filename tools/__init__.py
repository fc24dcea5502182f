"""Programs for the work on this project; the package itself needs none of them."""
