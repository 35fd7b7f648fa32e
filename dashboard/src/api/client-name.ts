import type { ClientStatus } from './types';

const UUID_START = 8;

/** What people call a device: its description, else its host name, else the start of its uuid. */
export function clientName(client: Pick<ClientStatus, 'uuid' | 'hostname' | 'description'>) {
  return client.description?.trim() || client.hostname || client.uuid.slice(0, UUID_START);
}
