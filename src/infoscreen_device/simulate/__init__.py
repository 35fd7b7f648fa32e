"""Virtual devices: the agent's own link, player and reports, with a drawing in place of a screen."""
