/** PURE: what a person types on a device to enrol it. */

/** How long a code may hold, in minutes; a week is the most the server allows. */
export const VALID_MINUTES = [15, 60, 1440, 10080] as const;

const THIS_MACHINE = /^https?:\/\/(localhost|127\.|\[::1\])/;

export function enrolCommand(server: string, code: string): string {
  return `infoscreen-device enroll ${server} ${code}`;
}

/** True where the address means the person's own machine, which no device can reach. */
export function isUnreachable(server: string): boolean {
  return THIS_MACHINE.test(server);
}
