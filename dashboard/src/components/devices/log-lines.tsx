/** Lines of devices' logs, the newest first. */
import { Badge, Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { LogLineAnswer } from '@/api/generated/types.gen';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import classes from './log-lines.module.css';

type LogLinesProps = { lines: LogLineAnswer[]; withDevice?: boolean };

const COLORS: Record<string, string> = { error: 'red', warn: 'orange', info: 'indigo' };

export function LogLines({ lines, withDevice = false }: LogLinesProps) {
  const { t } = useTranslation('monitoring');
  const format = useTimeFormat();
  if (lines.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('logs.none')}
      </Text>
    );
  return (
    <ol className={classes.lines}>
      {lines.map((line) => {
        const at = parseApiTime(line.createdAt);
        return (
          <li key={line.id} className={classes.line}>
            <time dateTime={at.toISOString()} className={`${classes.time} tabular`}>
              {format.dayAndMonth(at)} {format.clock(at)}
            </time>
            <Badge color={COLORS[line.level] ?? 'gray'} className={classes.level}>
              {line.level.toUpperCase()}
            </Badge>
            <div className={classes.text}>
              {withDevice && (
                <Text size="xs" c="dimmed">
                  {clientName({ ...line, uuid: line.clientUuid })}
                </Text>
              )}
              <Text size="sm" span>
                {line.message}
              </Text>
              {line.leftOut > 0 && (
                <Text size="xs" c="dimmed">
                  {t('logs.leftOut', { count: line.leftOut })}
                </Text>
              )}
              {Object.keys(line.context).length > 0 && (
                <Code className={classes.context}>{JSON.stringify(line.context)}</Code>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
