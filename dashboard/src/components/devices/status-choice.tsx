import { useTranslation } from 'react-i18next';
import { CountedChoice } from '@/components/ui/counted-choice';
import { STATUS_FILTERS, type StatusFilter } from './status-filters';

const CHOICES = ['all', ...STATUS_FILTERS] as const;

type StatusChoiceProps = {
  status: StatusFilter | undefined;
  /** The statuses of all devices that the other filters leave. */
  statuses: string[];
  onChange: (status: StatusFilter | undefined) => void;
};

/** Filters devices by status, or shows all of them. */
export function StatusChoice({ status, statuses, onChange }: StatusChoiceProps) {
  const { t } = useTranslation();
  return (
    <CountedChoice
      label={t('statusChoice.label')}
      choices={CHOICES}
      value={status ?? 'all'}
      textOf={(choice) => t(choice === 'all' ? 'statusChoice.all' : `clientStatus.${choice}`)}
      countOf={(choice) =>
        choice === 'all' ? statuses.length : statuses.filter((each) => each === choice).length
      }
      onChange={(choice) => onChange(choice === 'all' ? undefined : choice)}
    />
  );
}
