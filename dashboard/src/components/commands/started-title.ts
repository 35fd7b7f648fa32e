import { useTranslation } from 'react-i18next';
import type { Started } from './use-started-commands';

/** `Neustart · Aula, Bühne links`, `Neustart · 12 Infoscreens`, `Neustart · Aula (3 Infoscreens)` */
export function useStartedTitle() {
  const { t } = useTranslation('commands');
  return ({ action, names, group }: Pick<Started, 'action' | 'names' | 'group'>): string => {
    const count = names.length;
    const many = group === null ? t('devices', { count }) : t('groupDevices', { count, group });
    return `${t(`action.${action}`)} · ${count === 1 ? names[0] : many}`;
  };
}
