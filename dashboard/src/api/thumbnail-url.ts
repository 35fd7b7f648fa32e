/**
 * Where a device's latest picture is, small. What the version stands for makes the browser fetch a new one, and
 * only then.
 */
export function thumbnailUrl(uuid: string, version: string | null): string {
  const address = `/screenshots/${uuid}/thumbnail`;
  return version === null ? address : `${address}?v=${encodeURIComponent(version)}`;
}
