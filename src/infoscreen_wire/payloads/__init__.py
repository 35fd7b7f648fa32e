"""Every message of the MQTT contract as a model, by direction.

Readers ignore what they do not know, so the models do too; the frozen ones (commands, acknowledgements) refuse it.
Golden examples are in `../examples/`, read and written by the tests of both sides.
"""
