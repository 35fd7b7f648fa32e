import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconDeviceTv,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Tiles } from '@/components/ui/tiles';

type TotalsProps = {
  totals: { clients: number; online: number; warnings: number; eventsToday: number };
};

export function Totals({ totals: { clients, online, warnings, eventsToday } }: TotalsProps) {
  const { t } = useTranslation('overview');
  const tiles = [
    { key: 'clients', value: clients, icon: IconDeviceTv, color: 'indigo' },
    { key: 'online', value: online, icon: IconCircleCheck, color: 'teal' },
    { key: 'offline', value: clients - online, icon: IconPlugConnectedX, color: 'red' },
    { key: 'warnings', value: warnings, icon: IconAlertTriangle, color: 'orange' },
    { key: 'eventsToday', value: eventsToday, icon: IconClock, color: 'grape' },
  ] as const;
  return <Tiles tiles={tiles.map((tile) => ({ ...tile, label: t(`totals.${tile.key}`) }))} />;
}
