import { expect, test } from 'vitest';
import { command } from '@/testing/factories';
import { progressOf, stepsOf } from './command-life';

const summary = (...given: Parameters<typeof command>) =>
  stepsOf(command(...given)).map(({ stage, state }) => `${stage} ${state}`);

test('a restart under way shows what is done, where it is, and what is to come', () => {
  expect(summary(['queued', 'publish_in_progress', 'published', 'ack_received'])).toEqual([
    'queued done',
    'published done',
    'ack_received present',
    'execution_started ahead',
    'awaiting_reconnect ahead',
    'recovered ahead',
    'completed ahead',
  ]);
});

test('a command that is being published is still at its first stage', () => {
  expect(summary(['queued', 'publish_in_progress'])[0]).toBe('queued present');
});

test('an app restart has no reconnect to wait for', () => {
  expect(summary(['queued'], { action: 'restart_app' })).toEqual([
    'queued present',
    'published ahead',
    'ack_received ahead',
    'execution_started ahead',
    'completed ahead',
  ]);
});

test('a completed command shows the stages it had, not those it passed over', () => {
  expect(summary(['queued', 'published', 'execution_started', 'completed'])).toEqual([
    'queued done',
    'published done',
    'execution_started done',
    'completed done',
  ]);
});

test('a bad end closes what was reached, and nothing more is promised', () => {
  expect(summary(['queued', 'published', 'ack_received', 'timed_out'])).toEqual([
    'queued done',
    'published done',
    'ack_received done',
    'timed_out bad',
  ]);
});

test('both ends of a device that somebody must go to are told', () => {
  const steps = ['queued', 'published', 'ack_received', 'timed_out'] as const;
  expect(summary([...steps, 'manual_intervention_required']).slice(-2)).toEqual([
    'timed_out bad',
    'manual_intervention_required bad',
  ]);
});

test('a command that a person called back has not gone wrong', () => {
  expect(summary(['queued', 'published', 'canceled']).at(-1)).toBe('canceled neutral');
});

test('the bar only grows', () => {
  const way = ['queued', 'publish_in_progress', 'published', 'ack_received'] as const;
  const bars = [...way, 'execution_started', 'awaiting_reconnect', 'recovered', 'completed'].map(
    (status) => progressOf({ action: 'reboot_host', status: status as (typeof way)[number] }),
  );
  expect(bars).toEqual(bars.toSorted((a, b) => a - b));
  expect(bars.at(-1)).toBe(100);
});
