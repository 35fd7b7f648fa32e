"""The broker, spoken to with paho."""
