import { screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { holiday, period } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers } from '@/testing/server';
import { PeriodBanner } from './period-banner';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const ACTIVE = period({ id: 3, name: 'Schuljahr 2026/27', isActive: true });
const of = (name: string, from: number, to: number) =>
  holiday({ name, startDate: inDays(from), endDate: inDays(to), academicPeriodId: 3 });

beforeEach(() => {
  answers('get', '/api/system-settings/defaults', { holiday_banner_enabled: 'true' });
  answers('get', '/api/academic_periods', { periods: [ACTIVE] });
});

test('the banner names the period, what is on and what comes next, and nothing that is over', async () => {
  const holidays = [of('Herbst', -30, -20), of('Winter', -2, 2), of('Ostern', 30, 40)];
  answers('get', '/api/holidays', { holidays });
  renderPage(PeriodBanner);
  await screen.findByText('Schuljahr 2026/27');
  screen.getByText(/^Heute: Winter bis/);
  screen.getByText(/^Ostern/);
  expect(screen.queryByText(/Herbst/)).toBeNull();
  expect(screen.getByRole('link').getAttribute('href')).toBe('/settings?focus=holidays');
});

test('without an active period it says so and leads to the periods', async () => {
  answers('get', '/api/academic_periods', { periods: [{ ...ACTIVE, isActive: false }] });
  answers('get', '/api/holidays', { holidays: [] });
  renderPage(PeriodBanner);
  await screen.findByText('Keine Periode ist aktiv');
  expect(screen.getByRole('link').getAttribute('href')).toBe('/settings?focus=academic-periods');
});

test('a period without holidays says that too', async () => {
  answers('get', '/api/holidays', { holidays: [] });
  renderPage(PeriodBanner);
  await screen.findByText('Keine Ferien eingetragen');
});

test('a school that does not want the banner has none', async () => {
  answers('get', '/api/system-settings/defaults', { holiday_banner_enabled: 'false' });
  const asked = answers('get', '/api/holidays', { holidays: [] });
  renderPage(PeriodBanner);
  await expect.poll(() => asked.length, { timeout: 30_000 }).toBe(1);
  expect(screen.queryByText('Schuljahr 2026/27')).toBeNull();
});
