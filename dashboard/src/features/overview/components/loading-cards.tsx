/** Stands where the cards will be, so that nothing jumps. */
import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './card-grid.module.css';

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f'];

export function LoadingCards() {
  const { t } = useTranslation();
  return (
    <div role="status" className={classes.grid}>
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
      {PLACEHOLDERS.map((key) => (
        <Skeleton key={key} height={180} radius="md" aria-hidden />
      ))}
    </div>
  );
}
