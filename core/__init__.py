"""The vocabulary that the bot, the workers and the skills share; it imports none of them."""
