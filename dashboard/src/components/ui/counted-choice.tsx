/** One of a few filters, each with how much it leaves; scrolls sideways where it is too wide. */
import { Group, SegmentedControl, Text } from '@mantine/core';
import classes from './counted-choice.module.css';

type CountedChoiceProps<Choice extends string> = {
  label: string;
  choices: readonly Choice[];
  value: Choice;
  textOf: (choice: Choice) => string;
  countOf: (choice: Choice) => number;
  onChange: (choice: Choice) => void;
};

export function CountedChoice<Choice extends string>(props: CountedChoiceProps<Choice>) {
  const { label, choices, value, textOf, countOf, onChange } = props;
  return (
    <div className={classes.scroll}>
      <SegmentedControl<Choice>
        aria-label={label}
        value={value}
        onChange={onChange}
        data={choices.map((choice) => ({
          value: choice,
          label: (
            <Group gap={8} wrap="nowrap" px={4}>
              {textOf(choice)}
              <Text span size="xs" c="dimmed" className="tabular">
                {countOf(choice)}
              </Text>
            </Group>
          ),
        }))}
      />
    </div>
  );
}
