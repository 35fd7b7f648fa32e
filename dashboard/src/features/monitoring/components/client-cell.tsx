/** A device: its name opens the details, its address is below, and its group where the table has no room for it. */
import { Link } from '@tanstack/react-router';
import { clientName } from '@/api/client-name';
import classes from './monitoring.module.css';

type ClientCellProps = {
  client: {
    uuid: string;
    description: string | null;
    hostname: string | null;
    ip: string | null;
    groupName?: string;
  };
  withGroup?: boolean;
};

export function ClientCell({ client, withGroup = false }: ClientCellProps) {
  const address = client.ip ?? client.hostname;
  return (
    <div>
      <Link
        to="/monitoring"
        search={(before) => ({ ...before, client: client.uuid })}
        className={classes.name}
        resetScroll={false}
      >
        {clientName(client)}
      </Link>
      <div className="note tabular">
        {address}
        {withGroup && (
          <span className="mantine-hidden-from-xl">
            {address !== null && ' · '}
            {client.groupName}
          </span>
        )}
      </div>
    </div>
  );
}
