/** PURE: an account's secrets, and the lines of the file in which a device set up by hand wants them. */
import type { BrokerAccountAnswer } from '@/api/generated/types.gen';

export type Secrets = BrokerAccountAnswer;

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

/** Null where the new password waits for the device and is not told. */
export function secretsOf(answer: Nullable<Secrets>): Secrets | null {
  const { username, password, clientId, host, port, tls, deviceToken } = answer;
  if (password === null || deviceToken === null) return null;
  if (username === null || clientId === null || host === null || port === null || tls === null)
    return null;
  return { ...answer, username, password, clientId, host, port, tls, deviceToken };
}

/** Where the instructions put the CA on a device. */
const CA_FILE = '/etc/infoscreen/ca.crt';

export function environmentOf(secrets: Secrets, uuid: string, server: string): string {
  const lines = [
    `CLIENT_UUID=${uuid}`,
    `SERVER_URL=${server}`,
    `MQTT_BROKER_HOST=${secrets.host}`,
    `MQTT_BROKER_PORT=${secrets.port}`,
    `MQTT_USER=${secrets.username}`,
    `MQTT_PASSWORD_BROKER=${secrets.password}`,
    `DEVICE_TOKEN=${secrets.deviceToken}`,
    `MQTT_TLS_ENABLED=${secrets.tls}`,
  ];
  if (secrets.caCertificate !== null) lines.push(`MQTT_TLS_CA_CERT=${CA_FILE}`);
  return lines.join('\n');
}
