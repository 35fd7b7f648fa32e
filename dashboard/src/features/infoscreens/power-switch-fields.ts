/** What a power switch is told by its form: which fields a kind has, and what is sent of them. */
import type {
  AuthProtocol,
  Driver,
  PowerSwitchAnswer,
  PowerSwitchRequest,
  PrivacyProtocol,
} from '@/api/generated/types.gen';

export const DRIVERS: readonly Driver[] = [
  'shelly_http',
  'shelly_mqtt',
  'tasmota_http',
  'tasmota_mqtt',
  'poe_snmp',
];
export const AUTH_PROTOCOLS: readonly AuthProtocol[] = ['sha512', 'sha256', 'sha1', 'md5'];
export const PRIVACY_PROTOCOLS: readonly PrivacyProtocol[] = ['aes256', 'aes128'];

export type PowerSwitchFields = {
  driver: Driver;
  address: string;
  outlet: string;
  offSeconds: number | string;
  username: string;
  secret: string;
  topic: string;
  tls: boolean;
  caCertificate: string;
  authProtocol: AuthProtocol | null;
  privacyProtocol: PrivacyProtocol | null;
  privacySecret: string;
};

export const isMqtt = (driver: Driver) => driver === 'shelly_mqtt' || driver === 'tasmota_mqtt';
export const isSnmp = (driver: Driver) => driver === 'poe_snmp';

/** The relay that most plugs have; a PoE port cannot be guessed. */
export function firstOutlet(driver: Driver): string {
  if (isSnmp(driver)) return '';
  return driver.startsWith('shelly') ? '0' : '1';
}

/** Secrets never come back from the server: their fields begin empty, and empty means *as it was*. */
export function fieldsOf(present: PowerSwitchAnswer | null): PowerSwitchFields {
  const driver = present?.driver ?? 'shelly_http';
  return {
    driver,
    address: present?.address ?? '',
    outlet: present?.outlet ?? firstOutlet(driver),
    offSeconds: present?.offSeconds ?? 10,
    username: present?.username ?? '',
    secret: '',
    topic: present?.topic ?? '',
    tls: present?.tls ?? false,
    caCertificate: present?.caCertificate ?? '',
    authProtocol: present?.authProtocol ?? 'sha256',
    privacyProtocol: present?.privacyProtocol ?? null,
    privacySecret: '',
  };
}

/** Only what the kind knows; a secret only where one was typed. */
export function requestOf(fields: PowerSwitchFields): PowerSwitchRequest {
  const { driver, address, outlet, offSeconds, username, secret } = fields;
  const text = (value: string) => value.trim() || null;
  const hasUser = text(username) !== null;
  return {
    driver,
    address,
    outlet,
    offSeconds: Number(offSeconds),
    username: text(username),
    ...(secret && { secret }),
    ...(isMqtt(driver) && {
      topic: text(fields.topic),
      tls: fields.tls,
      caCertificate: fields.tls ? text(fields.caCertificate) : null,
    }),
    ...(isSnmp(driver) &&
      hasUser && {
        authProtocol: fields.authProtocol,
        privacyProtocol: fields.privacyProtocol,
        ...(fields.privacySecret && { privacySecret: fields.privacySecret }),
      }),
  };
}
