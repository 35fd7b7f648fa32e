"""Which file knows which kind of switch."""

from infoscreen.adapters.power_switches.confirmed import Connect
from infoscreen.adapters.power_switches.poe_snmp import poe_port
from infoscreen.adapters.power_switches.shelly_http import shelly_over_http
from infoscreen.adapters.power_switches.shelly_mqtt import shelly_over_mqtt
from infoscreen.adapters.power_switches.tasmota_http import tasmota_over_http
from infoscreen.adapters.power_switches.tasmota_mqtt import tasmota_over_mqtt
from infoscreen.domain.power_switches import Driver

DRIVERS: dict[Driver, Connect] = {
    Driver.SHELLY_HTTP: shelly_over_http,
    Driver.SHELLY_MQTT: shelly_over_mqtt,
    Driver.TASMOTA_HTTP: tasmota_over_http,
    Driver.TASMOTA_MQTT: tasmota_over_mqtt,
    Driver.POE_SNMP: poe_port,
}
