/** A device in a panel: its name opens the details, its address below. */
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { clientName } from '@/api/client-name';
import classes from './monitoring.module.css';

type ClientCellProps = {
  client: { uuid: string; description: string | null; hostname: string | null; ip: string | null };
};

export function ClientCell({ client }: ClientCellProps) {
  return (
    <div className={classes.device}>
      <Link
        to="/monitoring"
        search={(before) => ({ ...before, client: client.uuid })}
        className={classes.name}
        resetScroll={false}
      >
        {clientName(client)}
      </Link>
      <Text size="xs" c="dimmed" className="tabular">
        {client.ip ?? client.hostname}
      </Text>
    </div>
  );
}
