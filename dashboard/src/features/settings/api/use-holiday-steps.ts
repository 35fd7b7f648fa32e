import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  addHolidayMutation,
  changeHolidayMutation,
  deleteHolidayMutation,
  uploadHolidaysMutation,
} from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

function useRefresh() {
  const queryClient = useQueryClient();
  return { onSettled: () => refreshAfter(queryClient, new Set(['holidays'])) };
}

export const useAddHoliday = () => useMutation({ ...addHolidayMutation(), ...useRefresh() });
export const useChangeHoliday = () => useMutation({ ...changeHolidayMutation(), ...useRefresh() });
export const useDeleteHoliday = () => useMutation({ ...deleteHolidayMutation(), ...useRefresh() });
export const useUploadHolidays = () =>
  useMutation({ ...uploadHolidaysMutation(), ...useRefresh() });
