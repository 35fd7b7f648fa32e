/** Things as the API answers with them; a test names only what matters to it. */
import type { AlertAnswer } from '@/api/generated/types.gen';
import type {
  Broadcast,
  BroadcastDetail,
  Client,
  ClientOverview,
  ClientStatus,
  CommandDetail,
  Group,
  Holiday,
  Occurrence,
  Period,
  Rollout,
  Tally,
} from '@/api/types';
import type { Showing } from '@/api/use-occurrences';

let count = 0;

export function group(fields: Partial<Group> = {}): Group {
  count += 1;
  return {
    id: count,
    name: `Gruppe ${count}`,
    description: null,
    color: null,
    isActive: true,
    isUnassigned: false,
    openingHours: null,
    displayOrder: count,
    createdAt: '2026-09-01T08:00:00',
    pausedAt: null,
    version: 1,
    ...fields,
  };
}

export function unassigned(): Group {
  return group({ id: 1, name: 'Nicht zugeordnet', isUnassigned: true });
}

export function clientStatus(fields: Partial<ClientStatus> = {}): ClientStatus {
  count += 1;
  return {
    uuid: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    hostname: `infoscreen-${count}`,
    description: null,
    ip: '192.0.2.10',
    groupId: 1,
    isActive: true,
    hasPowerSwitch: false,
    isAlive: true,
    lastAlive: '2026-11-27T10:00:00',
    status: 'healthy',
    warnings: [],
    currentEventId: null,
    expectedEventId: null,
    processStatus: 'running',
    screenHealth: 'OK',
    screenOn: true,
    lastFrameUpdate: null,
    screenshotUrl: null,
    screenshotAt: null,
    ...fields,
  };
}

/** A device as the page *Monitoring* tells how it is. */
export function clientOverview(fields: Partial<ClientOverview> = {}): ClientOverview {
  const { uuid, hostname, description, ip, groupId, isAlive, lastAlive, status } = clientStatus();
  return {
    uuid,
    hostname,
    description,
    ip,
    groupId,
    isAlive,
    lastAlive,
    status,
    model: 'Raspberry Pi 5',
    groupName: 'Nicht zugeordnet',
    currentEventId: null,
    currentProcess: 'chromium',
    processPid: 1234,
    processStatus: 'running',
    screenHealthStatus: 'OK',
    lastScreenshotAnalyzed: null,
    lastScreenshotHash: null,
    latestScreenshotType: null,
    priorityScreenshotType: null,
    priorityScreenshotReceivedAt: null,
    hasActivePriorityScreenshot: false,
    screenshotUrl: null,
    logCounts: { error: 0, warn: 0, info: 0, debug: 0 },
    latestLog: null,
    latestError: null,
    mqttReconnectCount: 0,
    mqttLastDisconnectAt: null,
    serviceFailedAt: null,
    openCommand: null,
    ...fields,
  };
}

export function alert(fields: Partial<AlertAnswer> = {}): AlertAnswer {
  count += 1;
  return {
    id: count,
    kind: 'screen_black',
    severity: 'critical',
    cause: 'unknown',
    subject: '9b8d1856-ff34-4864-a726-12de072d0f77',
    subjectName: 'Aula links',
    clientUuid: '9b8d1856-ff34-4864-a726-12de072d0f77',
    groupId: 2,
    groupName: 'Aula',
    details: {},
    openedAt: '2026-11-23T11:58:00',
    since: null,
    lastSeenAt: '2026-11-23T11:58:00',
    count: 1,
    acknowledgedBy: null,
    acknowledgedAt: null,
    closedAt: null,
    closedBy: null,
    closing: null,
    mayResolve: false,
    ...fields,
  };
}

export function occurrence(fields: Partial<Occurrence> = {}): Occurrence {
  count += 1;
  return {
    occurrenceId: `${count}:20261127T080000Z`,
    eventId: count,
    groupId: 1,
    subject: 'Speiseplan',
    type: 'website',
    startTime: '2026-11-27T08:00:00',
    endTime: '2026-11-27T12:00:00',
    isRecurring: false,
    recurrenceId: null,
    skipHolidays: false,
    version: 1,
    ...fields,
  };
}

export function showing(fields: Partial<Showing> & Pick<Showing, 'start' | 'end'>): Showing {
  const { startTime, endTime, ...rest } = occurrence();
  return { ...rest, ...fields };
}

/** The same device as `clientStatus` tells how it is. */
export function client(fields: Partial<Client> = {}): Client {
  const { uuid, hostname, description, ip, groupId, isActive, hasPowerSwitch, isAlive, lastAlive } =
    clientStatus();
  return {
    uuid,
    hostname,
    description,
    ip,
    groupId,
    isActive,
    hasPowerSwitch,
    isAlive,
    lastAlive,
    type: 'raspberry-pi',
    hardwareToken: null,
    osVersion: 'Debian 12',
    softwareVersion: '1.4.0',
    macs: ['02:00:00:00:00:01'],
    model: 'Raspberry Pi 5',
    recoveryClass: 'software_only',
    watchdogEnabled: true,
    bootSource: 'usb-ssd',
    createdAt: '2026-09-01T08:00:00',
    version: 1,
    ...fields,
  };
}

/** A command whose steps are these, the last one its status; a second lies between them. */
export function command(
  steps: CommandDetail['status'][],
  fields: Partial<CommandDetail> = {},
): CommandDetail {
  count += 1;
  const at = (n: number) => `2026-11-27T10:00:${String(n).padStart(2, '0')}`;
  const time = (status: CommandDetail['status']) =>
    steps.includes(status) ? at(steps.indexOf(status)) : null;
  return {
    commandId: `10000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    clientUuid: '00000000-0000-4000-8000-000000000001',
    action: 'reboot_host',
    status: steps.at(-1) ?? 'queued',
    reason: null,
    requestedBy: 1,
    issuedAt: at(0),
    expiresAt: '2026-11-27T10:04:00',
    publishedAt: time('published'),
    ackedAt: time('ack_received'),
    executionStartedAt: time('execution_started'),
    recoveredAt: time('recovered'),
    completedAt: time('completed'),
    failedAt: time('failed') ?? time('expired') ?? time('timed_out'),
    errorCode: null,
    errorMessage: null,
    overdueSince: null,
    createdAt: at(0),
    updatedAt: at(steps.length - 1),
    transitions: steps.map((toStatus, n) => ({
      at: at(n),
      fromStatus: steps[n - 1] ?? null,
      toStatus,
      cause: 'issued',
    })),
    ...fields,
  };
}

export function period(fields: Partial<Period> = {}): Period {
  count += 1;
  return {
    id: count,
    name: 'Schuljahr 2026/27',
    displayName: 'SJ 26/27',
    startDate: '2026-09-07',
    endDate: '2027-07-02',
    periodType: 'schuljahr',
    isActive: false,
    isArchived: false,
    archivedAt: null,
    archivedBy: null,
    version: 1,
    ...fields,
  };
}

export function holiday(fields: Partial<Holiday> = {}): Holiday {
  count += 1;
  return {
    id: count,
    name: 'Weihnachtsferien',
    startDate: '2026-12-24',
    endDate: '2027-01-06',
    region: 'AT',
    academicPeriodId: 1,
    ...fields,
  };
}

/** How many of a rollout's devices are where; what is not named is none. */
export function tally(counts: Partial<Tally> = {}): Tally {
  const outcomes = {
    pending: 0,
    open: 0,
    completed: 0,
    failed: 0,
    timedOut: 0,
    expired: 0,
    canceled: 0,
    blocked: 0,
    vanished: 0,
    ...counts,
  };
  const { vanished, ...rest } = outcomes;
  const commands = Object.values(rest).reduce((sum, number) => sum + number, 0);
  const failures = outcomes.failed + outcomes.timedOut;
  const failurePercent = commands === 0 ? 0 : Math.round((failures / commands) * 1000) / 10;
  return { commands, failures, failurePercent, ...outcomes };
}

export function rollout(counts: Partial<Tally>, fields: Partial<Rollout> = {}): Rollout {
  count += 1;
  const totals = tally(counts);
  return {
    id: count,
    action: 'reboot_host',
    reason: 'Neue Version',
    state: 'running',
    stateSince: '2026-11-27T10:00:00',
    halt: null,
    isCanary: false,
    createdBy: 1,
    createdAt: '2026-11-27T10:00:00',
    wave: 1,
    waves: [{ ...totals, number: 1, isCanary: false, state: 'present' }],
    totals,
    canary: null,
    targets: [],
    ...fields,
  };
}

export function broadcast(fields: Partial<Broadcast> = {}): Broadcast {
  count += 1;
  return {
    id: count,
    eventId: 1_000_000_000 + count,
    title: 'Wichtige Durchsage',
    message: 'Bitte alle in den Hof',
    severity: 'warning',
    drill: false,
    all: false,
    groupIds: [2],
    reason: null,
    startedAt: '2026-11-27T10:00:00',
    endsAt: '2026-11-27T10:15:00',
    endedAt: null,
    endedBy: null,
    createdBy: 1,
    createdByName: 'anna.mueller',
    isRunning: true,
    counts: {
      shown: 0,
      preparing: 0,
      tvOff: 0,
      offline: 0,
      overruled: 0,
      total: 0,
      everShown: 0,
    },
    ...fields,
  };
}

export function broadcastDetail(fields: Partial<BroadcastDetail> = {}): BroadcastDetail {
  return { ...broadcast(), screens: [], unreached: 0, tellsTvs: true, ...fields };
}
