/**
 * Holds the dependency rule of the dashboard: shared → features → app, and no feature imports another.
 * Also keeps the reading of the API's zoneless times in one place (src/lib/time.ts).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../src');
const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+)['"]([^'"]+)['"]/g;
const DATE_FROM_TEXT = /new Date\(\s*[^)\s]|Date\.parse\(/;

function sourceFiles() {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('api/generated'));
}

/** `app`, `features/<noun>` or `shared`: the three storeys of the house. */
function storey(file) {
  const [top, noun] = file.split('/');
  if (top === 'features') return `features/${noun}`;
  if (top === 'app' || file === 'main.tsx') return 'app';
  return top === 'testing' ? 'testing' : 'shared';
}

function target(file, specifier) {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(file), specifier));
  return null;
}

function breaks(from, to) {
  if (from === to || from === 'app' || to === 'shared') return false;
  return from !== 'testing';
}

const faults = [];
for (const file of sourceFiles()) {
  const text = readFileSync(join(root, file), 'utf8');
  const isTest = /\.test\.tsx?$/.test(file);
  for (const [, specifier] of text.matchAll(IMPORT)) {
    const to = target(file, specifier);
    if (to === null || (isTest && storey(to) === 'testing')) continue;
    if (breaks(storey(file), storey(to))) faults.push(`${file} must not import ${specifier}`);
  }
  if (file !== 'lib/time.ts' && !isTest && DATE_FROM_TEXT.test(text))
    faults.push(`${file} makes a Date by itself: use src/lib/time.ts`);
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
