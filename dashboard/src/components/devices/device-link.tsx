import { AnchorLink } from '@/components/ui/anchor-link';

/** A device's name in a list, which leads to its page. */
export function DeviceLink({ uuid, name }: { uuid: string; name: string }) {
  return (
    <AnchorLink
      to="/infoscreens/$uuid"
      params={{ uuid }}
      c="inherit"
      fw={600}
      size="sm"
      style={{ overflowWrap: 'anywhere' }}
    >
      {name}
    </AnchorLink>
  );
}
