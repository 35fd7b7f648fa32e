import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  changeSettingsMutation,
  listSettingsOptions,
} from '@/api/generated/@tanstack/react-query.gen';
import type { SettingsAnswer } from '@/api/generated/types.gen';
import { refreshAfter } from '@/api/notices';
import type { Setting } from '@/api/types';

export type Settings = ReadonlyMap<string, Setting>;

const byKey = ({ settings }: SettingsAnswer): Settings =>
  new Map(settings.map((setting) => [setting.key, setting]));

export function useSettings() {
  return useQuery({ ...listSettingsOptions(), select: byKey });
}

export function useChangeSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    ...changeSettingsMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['settings'])),
  });
}
