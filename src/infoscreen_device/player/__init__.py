"""What is on the screen: `screen.py` chooses, `player.py` prepares and follows the clock, `draw.py` draws it."""
