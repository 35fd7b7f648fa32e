/** What the form of a channel knows, what is sent of it, and where the server's mistakes belong. */
import type {
  AlertKind,
  ChannelAnswer,
  ChannelKind,
  ChannelRequest,
  MailSecurity,
} from '@/api/generated/types.gen';
import { fieldErrors } from '@/api/problem';

export const CHANNEL_KINDS: readonly ChannelKind[] = ['mail', 'webhook', 'apprise'];
export const MAIL_PORTS: Record<MailSecurity, number> = { starttls: 587, tls: 465, none: 25 };

export type ChannelFields = {
  name: string;
  kind: ChannelKind;
  host: string;
  port: number | string;
  security: MailSecurity;
  username: string;
  password: string;
  sender: string;
  recipients: string[];
  url: string;
  secret: string;
  removesSecret: boolean;
  isActive: boolean;
  kinds: AlertKind[];
  leastSeverity: ChannelAnswer['leastSeverity'];
  tellsClosed: boolean;
  quietMinutes: number | string;
  language: ChannelAnswer['language'];
};

/** Secrets never come back from the server: their fields begin empty, and empty means *as it was*. */
export function fieldsOf(
  present: ChannelAnswer | null,
  language: ChannelAnswer['language'],
): ChannelFields {
  const { mail = null } = present ?? {};
  return {
    name: present?.name ?? '',
    kind: present?.kind ?? 'mail',
    host: mail?.host ?? '',
    port: mail?.port ?? MAIL_PORTS.starttls,
    security: mail?.security ?? 'starttls',
    username: mail?.username ?? '',
    password: '',
    sender: mail?.sender ?? '',
    recipients: mail?.recipients ?? [],
    url: '',
    secret: '',
    removesSecret: false,
    isActive: present?.isActive ?? true,
    kinds: present?.kinds ?? [],
    leastSeverity: present?.leastSeverity ?? 'warning',
    tellsClosed: present?.tellsClosed ?? true,
    quietMinutes: present?.quietMinutes ?? 60,
    language: present?.language ?? language,
  };
}

/** An empty field is no number, and no zero either: the server says so at the field. */
const whole = (value: number | string) => Number.parseInt(String(value), 10);

function targetOf(fields: ChannelFields): Pick<ChannelRequest, ChannelKind> {
  const { host, port, security, username, password, sender, recipients, url } = fields;
  const address = url.trim();
  if (fields.kind === 'mail')
    return {
      mail: {
        host,
        port: whole(port),
        security,
        username: username.trim() || null,
        ...(password && { password }),
        sender,
        recipients,
      },
    };
  if (fields.kind === 'webhook')
    return { webhook: { ...(address && { url: address }), ...secretOf(fields) } };
  return { apprise: { ...(address && { url: address }) } };
}

function secretOf({ secret, removesSecret }: ChannelFields) {
  if (secret) return { secret };
  return removesSecret ? { secret: null } : {};
}

/** Only what the kind knows; a secret only where one was typed. */
export function requestOf(fields: ChannelFields, id: number | null): ChannelRequest {
  const { name, kind, isActive, kinds, leastSeverity, tellsClosed, language } = fields;
  return {
    id,
    name,
    kind,
    ...targetOf(fields),
    isActive,
    kinds,
    leastSeverity,
    tellsClosed,
    quietMinutes: whole(fields.quietMinutes),
    language,
  };
}

/** A channel as it is stored, to be left so. */
export function unchanged(channel: ChannelAnswer): ChannelRequest {
  return requestOf(fieldsOf(channel, channel.language), channel.id);
}

/** A stored password is sent to no other server, and as no other person, than it was given for. */
export function isSameLogin(fields: ChannelFields, { mail }: ChannelAnswer): boolean {
  return (
    mail?.hasPassword === true &&
    fields.host.trim() === mail.host &&
    whole(fields.port) === mail.port &&
    (fields.username.trim() || null) === mail.username
  );
}

export type ChannelMistakes = Partial<Record<string, string>>;

/** The sentences about one channel of a request by field; in a list of recipients each names whom it is about. */
export function mistakesOf(
  error: unknown,
  prefix: string,
  recipients: readonly string[] = [],
): ChannelMistakes {
  const found = new Map<string, string[]>();
  for (const [path, said] of Object.entries(fieldErrors(error))) {
    if (!path.startsWith(prefix)) continue;
    const parts = path.slice(prefix.length).split('.');
    const [field = '', place] = parts.filter(
      (part) => !CHANNEL_KINDS.some((kind) => kind === part),
    );
    const whom = field === 'recipients' ? recipients[Number(place)] : undefined;
    const sentence = whom === undefined ? said : `${whom}: ${said}`;
    found.set(field, [...(found.get(field) ?? []), sentence]);
  }
  return Object.fromEntries([...found].map(([field, said]) => [field, said.join(' ')]));
}
