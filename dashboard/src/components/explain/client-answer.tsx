/** A device's answer: its group's, and how far the device itself follows it. Of the device there is only the present. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientExplanation } from '@/api/types';
import { Ago } from '@/components/ui/ago';
import { Facts } from '@/components/ui/facts';
import { parseApiTime } from '@/lib/time';
import { Candidates, Verdict } from './group-answer';

type ClientAnswerProps = { found: ClientExplanation; isNow: boolean };

export function ClientAnswer({ found, isNow }: ClientAnswerProps) {
  const { t } = useTranslation('explain');
  return (
    <>
      <Verdict sentences={found.sentences} isShowing={found.group.shown.length > 0} />
      {isNow ? (
        <DeviceFacts found={found} />
      ) : (
        <>
          <Facts facts={[{ name: t('facts.tvs'), value: found.group.tv.sentence }]} />
          <Text size="sm" c="dimmed">
            {t('deviceOnlyNow')}
          </Text>
        </>
      )}
      <Candidates found={found.group} />
    </>
  );
}

function DeviceFacts({ found }: { found: ClientExplanation }) {
  const { t } = useTranslation(['explain', 'common']);
  const { group, isAlive, lastAlive, saysEventId, saysTitle, tvTold, tvReported } = found;
  const life =
    lastAlive === null ? (
      t('common:lifeSign.never')
    ) : (
      <>
        {t(isAlive ? 'common:lifeSign.online' : 'common:clientStatus.offline')}
        {', '}
        <Ago at={parseApiTime(lastAlive)} />
      </>
    );
  const said = saysEventId === null ? t('facts.nothing') : null;
  return (
    <Facts
      facts={[
        { name: t('facts.group'), value: group.groupName },
        { name: t('common:lifeSign.last'), value: life },
        { name: t('facts.says'), value: said ?? saysTitle ?? t('facts.gone', { id: saysEventId }) },
        { name: t('facts.tvs'), value: group.tv.sentence },
        { name: t('facts.tvTold'), value: tvTold?.sentence ?? t('facts.tvNever') },
        ...(tvReported === null
          ? []
          : [{ name: t('facts.tvReported'), value: t(`tv.${tvWord(tvReported)}`) }]),
      ]}
    />
  );
}

function tvWord(state: string) {
  return state === 'on' || state === 'off' ? state : 'unknown';
}
