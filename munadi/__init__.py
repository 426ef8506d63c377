"""munadi, the town crier: the program that stands above the spiders and the bot."""
