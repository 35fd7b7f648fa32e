import { expect, test } from 'vitest';
import { de } from './de';
import { en } from './en';

function keysOf(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

test('every text exists in both languages', () => {
  expect(keysOf(en).sort()).toEqual(keysOf(de).sort());
});
