/** A group's answer: one sentence, what the TVs do, and every event of the day with the rules that decided on it. */
import { Alert, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GroupExplanation } from '@/api/types';
import { AnchorLink } from '@/components/ui/anchor-link';
import { Facts } from '@/components/ui/facts';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { dayOf, parseApiTime } from '@/lib/time';
import { CandidateCard } from './candidate-card';
import classes from './explain.module.css';

export function GroupAnswer({ found }: { found: GroupExplanation }) {
  return (
    <>
      <Verdict sentences={[found.sentence]} isShowing={found.shown.length > 0} />
      <PlanFacts found={found} />
      <Candidates found={found} />
    </>
  );
}

/** The answer in words, what matters most in bold. */
export function Verdict({ sentences, isShowing }: { sentences: string[]; isShowing: boolean }) {
  const Glyph = isShowing ? IconCircleCheck : IconCircleMinus;
  const [first, ...more] = sentences;
  return (
    <div className={classes.verdict} data-showing={isShowing} role="status">
      <Glyph size={22} stroke={1.8} aria-hidden />
      <div>
        <Text fw={600}>{first}</Text>
        {more.length > 0 && (
          <Text size="sm" mt={4}>
            {more.join(' ')}
          </Text>
        )}
      </div>
    </div>
  );
}

function PlanFacts({ found }: { found: GroupExplanation }) {
  const { t } = useTranslation('explain');
  const format = useTimeFormat();
  const { next, tv } = found;
  return (
    <Facts
      facts={[
        { name: t('facts.tvs'), value: tv.sentence },
        ...(next === null
          ? []
          : [
              {
                name: t('facts.next'),
                value: `${next.title}, ${format.dateTime(parseApiTime(next.startTime))}`,
              },
            ]),
      ]}
    />
  );
}

export function Candidates({ found }: { found: GroupExplanation }) {
  const { t } = useTranslation('explain');
  const zone = useSchoolZone();
  const { candidates, leftOut, at, groupId } = found;
  const date = dayOf(parseApiTime(at), zone);
  return (
    <Stack gap="sm" component="section" aria-label={t('candidates.title')}>
      <Title order={3} fz={15} fw={650}>
        {t('candidates.title')}
      </Title>
      {leftOut.map(({ eventId, sentence }) => (
        <Alert key={eventId} color="orange" icon={<IconAlertTriangle />}>
          {sentence}
        </Alert>
      ))}
      {candidates.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('candidates.none')}
        </Text>
      )}
      {candidates.map((candidate) => (
        <CandidateCard key={candidate.eventId} candidate={candidate} />
      ))}
      <AnchorLink to="/events" search={{ view: 'day', date, group: groupId }} size="sm">
        {t('candidates.open')}
      </AnchorLink>
    </Stack>
  );
}
