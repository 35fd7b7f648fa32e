"""Reads the messages out of a connection's bytes, many at once: PUBLISH packets of MQTT 3.1.1 (§3.3).

Paho takes more time to read a message than everything that is done with it afterwards. What is here incomplete, long
or anything else than a plain message is left to paho, which also knows what to do about a broken packet.
"""

from typing import NamedTuple

from paho.mqtt.client import MQTTMessage

PUBLISH = 0b0011_0000
# QoS 2 is set in one bit, and so is the QoS that does not exist.
TYPE_AND_QOS_2 = 0b1111_0100
DUP, QOS_1, RETAIN = 0b1000, 0b0010, 0b0001
# Type and flags, length, the length of the topic, and one letter of it.
SHORTEST = 5
LARGEST_DIGIT = 127


class Packet(NamedTuple):
    """A message as the broker sent it; a topic that is not UTF-8 is empty."""

    topic: str
    payload: bytes
    qos: int
    retain: bool
    dup: bool
    mid: int


def read_packets(content: bytes, at: int) -> tuple[list[Packet], int]:
    """The messages from the begin of a packet on, up to what is left to paho; and where that begins."""
    packets = []
    while found := _read_packet(content, at):
        packet, at = found
        packets.append(packet)
    return packets, at


def _read_packet(content: bytes, at: int) -> tuple[Packet, int] | None:
    if len(content) - at < SHORTEST or content[at] & TYPE_AND_QOS_2 != PUBLISH:
        return None
    flags, length, begin = content[at], content[at + 1], at + 2
    if length > LARGEST_DIGIT:  # seven bits a digit, the lowest first; the eighth says that another follows (§2.2.3)
        if content[begin] > LARGEST_DIGIT:
            return None
        length, begin = length & LARGEST_DIGIT | content[begin] << 7, begin + 1
    qos, end = (1 if flags & QOS_1 else 0), begin + length
    name = begin + 2
    named = name + (content[begin] << 8 | content[begin + 1])
    payload = named + 2 * qos
    if named == name or not payload <= end <= len(content):
        return None
    try:
        topic = content[name:named].decode()
    except UnicodeDecodeError:
        return None
    mid = content[named] << 8 | content[named + 1] if qos else 0
    return Packet(topic, content[payload:end], qos, flags & RETAIN > 0, flags & DUP > 0, mid), end


def packet_of(message: MQTTMessage) -> Packet:
    """The same of a message that paho has read."""
    try:
        topic = message.topic
    except UnicodeDecodeError:  # paho decodes it only here, and an error would end its thread
        topic = ""
    return Packet(topic, bytes(message.payload), message.qos, message.retain, message.dup, message.mid)
