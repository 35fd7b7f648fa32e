/** PURE: finding and ordering devices by what people call them. */
import { clientName } from './client-name';
import type { ClientStatus } from './types';

export function fold(text: string): string {
  return text.trim().toLocaleLowerCase('de');
}

/** `wanted` is folded. */
export function clientFits(client: ClientStatus, wanted: string): boolean {
  const texts = [clientName(client), client.hostname, client.ip, client.uuid];
  return texts.some((text) => text !== null && fold(text).includes(wanted));
}

export function byClientName(a: ClientStatus, b: ClientStatus): number {
  return clientName(a).localeCompare(clientName(b), 'de', { numeric: true });
}
