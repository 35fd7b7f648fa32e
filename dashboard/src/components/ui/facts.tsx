/** Names and values under each other; a value that is not known is a dash. */
import { Fragment, type ReactNode } from 'react';
import classes from './facts.module.css';

type FactsProps = { facts: readonly { name: string; value: ReactNode }[] };

export function Facts({ facts }: FactsProps) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
