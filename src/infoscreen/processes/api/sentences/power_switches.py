"""Sentences about power switches and power cycles."""

# German, English
SENTENCES: dict[str, tuple[str, str]] = {
    "power_switch_unreachable": (
        "Die Schaltsteckdose oder der PoE-Switch antwortet nicht. Bitte Adresse, Netz und Stromversorgung prüfen; bei "
        "SNMP auch die Community, denn auf eine falsche kommt keine Antwort.",
        "The plug or PoE switch does not answer. Please check its address, network and power; with SNMP the community "
        "as well, because a wrong one gets no answer.",
    ),
    "power_switch_refused": (
        "Die Schaltsteckdose, der PoE-Switch oder der MQTT-Broker lehnt die Anmeldung ab oder erlaubt das Schalten "
        "nicht. Bitte Benutzername und Passwort prüfen.",
        "The plug, the PoE switch or the MQTT broker refuses the login or does not allow switching. "
        "Please check user name and password.",
    ),
    "power_switch_no_outlet": (
        "Diesen Ausgang oder Port gibt es dort nicht.",
        "There is no such outlet or port there.",
    ),
    "power_switch_not_confirmed": (
        "Der Schaltbefehl wurde angenommen, aber der Ausgang hat sich nicht geändert.",
        "The switch took the order, but its outlet did not change.",
    ),
    "power_switch_unreadable": (
        "An dieser Adresse antwortet etwas anderes als ein Gerät dieser Art.",
        "What answers at this address is no device of this kind.",
    ),
    "power_switch_secret_lost": (
        "Das gespeicherte Passwort ist nicht mehr lesbar, weil sich SECRET_KEY geändert hat. Bitte neu eingeben.",
        "The stored password cannot be read any more, because SECRET_KEY has changed. Please enter it again.",
    ),
    "no_power_switch": (
        "Für diesen Infoscreen ist keine schaltbare Stromversorgung eingerichtet.",
        "No managed power is set up for this screen.",
    ),
    "power_cycle_taken": (
        "Der Strom wird aus- und wieder eingeschaltet.",
        "The power is being turned off and on again.",
    ),
    "power_cycle_under_way": (
        "Der Strom dieses Infoscreens wird gerade aus- und eingeschaltet. Bitte in einer Minute noch einmal versuchen.",
        "The power of this screen is being cycled right now. Please try again in a minute.",
    ),
    "not_host_and_port": (
        "Das muss ein Name oder eine IP-Adresse sein, wenn nötig mit Port (plug-1.schule.local:8080), ohne http://.",
        "This must be a name or an IP address, with a port where needed (plug-1.school.local:8080), without http://.",
    ),
    "no_such_outlet": (
        "Ausgänge sind Zahlen: bei Shelly ab 0, bei Tasmota ab 1, bei PoE der Port oder Gruppe.Port (7 oder 2.7).",
        "Outlets are numbers: from 0 with Shelly, from 1 with Tasmota, with PoE the port or group.port (7 or 2.7).",
    ),
    "not_a_topic": (
        "Das ist kein MQTT-Topic eines einzelnen Geräts (ohne + und #, ohne / am Anfang oder Ende).",
        "This is no MQTT topic of one device (without + and #, without / at its beginning or end).",
    ),
    "not_for_this_driver": (
        "Diese Angabe hat bei dieser Art von Gerät keine Bedeutung.",
        "This field means nothing to this kind of device.",
    ),
    "needs_tls": ("Das hat nur mit TLS eine Bedeutung.", "This has a meaning only with TLS."),
    "needs_username": (
        "Das gehört zu SNMPv3 und braucht einen Benutzernamen.",
        "This belongs to SNMPv3 and needs a user name.",
    ),
    "passphrase_too_short": (
        "SNMPv3 verlangt mindestens {minimum} Zeichen.",
        "SNMPv3 demands at least {minimum} characters.",
    ),
    "not_a_certificate": (
        "Das ist kein Zertifikat im PEM-Format.",
        "This is no certificate in PEM format.",
    ),
    "secret_again": (
        "Adresse oder Anmeldung sind neu: bitte auch das Passwort noch einmal eingeben.",
        "The address or login is new: please enter the password once more as well.",
    ),
}
