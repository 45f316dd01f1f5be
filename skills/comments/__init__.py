"""Comments, alone or thousands in a table: how they judge, what they like and dislike, and when."""
