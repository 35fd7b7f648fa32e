/**
 * Expands recurrence rules with rrule-temporal, an implementation of RFC 5545 that shares nothing with the server's:
 * a test of the server compares the two. Cases as JSON on standard input, local starts as JSON on standard output.
 */
import { readFileSync } from 'node:fs';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

function expand({ start, zone, rule, after, before }) {
  const instant = (local) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
  const expandable = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${zone}:${start}\nRRULE:${rule}`,
  });
  const found = expandable.between(instant(after), instant(before), true);
  return found.map((each) => each.toPlainDateTime().toString({ smallestUnit: 'minute' }));
}

const cases = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(cases.map(expand)));
