import { useQuery } from '@tanstack/react-query';
import { listHolidaysOptions } from './generated/@tanstack/react-query.gen';
import type { HolidaysAnswer } from './generated/types.gen';

const pickHolidays = ({ holidays }: HolidaysAnswer) => holidays;

export function useHolidays() {
  return useQuery({ ...listHolidaysOptions(), select: pickHolidays });
}
