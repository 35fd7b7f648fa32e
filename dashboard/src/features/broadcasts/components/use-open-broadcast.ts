import { useNavigate } from '@tanstack/react-router';

/** Goes to the roll-call of a message. */
export function useOpenBroadcast() {
  const navigate = useNavigate();
  return (id: number) =>
    navigate({ to: '/broadcasts/$broadcastId', params: { broadcastId: String(id) } });
}
