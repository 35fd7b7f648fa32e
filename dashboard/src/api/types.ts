/** The product's words for what the API answers with. */
export type {
  ClientStatus,
  GroupAnswer as Group,
  OccurrenceAnswer as Occurrence,
} from './generated/types.gen';
