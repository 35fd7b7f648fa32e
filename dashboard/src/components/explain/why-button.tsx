/** *Warum?* beside a group or a device; the answer is loaded when somebody asks. */
import { Button } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialog } from '@/lib/use-dialog';
import type { Explained } from './use-explanation';

const WhyPanel = lazy(() => import('./why-panel').then((module) => ({ default: module.WhyPanel })));

type WhyButtonProps = { about: Explained; compact?: boolean };

export function WhyButton({ about, compact = false }: WhyButtonProps) {
  const { t } = useTranslation('explain');
  const dialog = useDialog<Explained>();
  return (
    <>
      <Button
        style={{ flexShrink: 0 }}
        {...(compact
          ? { variant: 'subtle', color: 'gray', size: 'compact-xs' }
          : { variant: 'default', leftSection: <IconHelpCircle size={17} /> })}
        aria-label={t('ask', { name: about.name })}
        onClick={() => dialog.open(about)}
      >
        {t('why')}
      </Button>
      {dialog.about !== null && (
        <Suspense>
          <WhyPanel
            key={dialog.turn}
            about={dialog.about}
            opened={dialog.opened}
            onClose={dialog.close}
          />
        </Suspense>
      )}
    </>
  );
}
