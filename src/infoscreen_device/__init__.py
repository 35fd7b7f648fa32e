"""The device agent: connects a screen to the broker, shows what is due, reports back. Imports infoscreen_wire only."""
