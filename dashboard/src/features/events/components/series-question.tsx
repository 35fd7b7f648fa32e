/** Asks what of a series is meant: each choice says what it does, and is done by a click on it. */
import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type ReactNode, useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './series-question.module.css';

export type SeriesChoice = {
  label: string;
  /** What it does, or why it cannot be done. */
  text: string;
  isLoss?: boolean;
  isImpossible?: boolean;
  onChoose: () => void;
};

type Question = {
  title: string;
  children?: ReactNode;
  choices: SeriesChoice[];
  onDecline?: () => void;
};

export function useSeriesQuestion() {
  const { t } = useTranslation();
  return useCallback(
    ({ title, children, choices, onDecline }: Question) => {
      let isChosen = false;
      const id = modals.open({
        title,
        closeButtonProps: { 'aria-label': t('action.close') },
        // Escape, the cross and a click beside it decline as well.
        onClose: () => {
          if (!isChosen) onDecline?.();
        },
        children: (
          <Stack gap="sm">
            {children}
            {choices.map((choice) => (
              <Choice
                key={choice.label}
                choice={choice}
                onChoose={() => {
                  isChosen = true;
                  modals.close(id);
                  choice.onChoose();
                }}
              />
            ))}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => modals.close(id)}>
                {t('action.cancel')}
              </Button>
            </Group>
          </Stack>
        ),
      });
    },
    [t],
  );
}

/** All of the card can be clicked; its name is the label alone, the text describes it. */
function Choice({ choice, onChoose }: { choice: SeriesChoice; onChoose: () => void }) {
  const { label, text, isLoss = false, isImpossible = false } = choice;
  const textId = useId();
  return (
    <div className={classes.choice} data-loss={isLoss || undefined}>
      <UnstyledButton
        className={classes.label}
        c={isLoss ? 'var(--mantine-color-error)' : undefined}
        disabled={isImpossible}
        aria-describedby={textId}
        onClick={onChoose}
      >
        {label}
      </UnstyledButton>
      <Text id={textId} size="sm" c="dimmed">
        {text}
      </Text>
    </div>
  );
}
