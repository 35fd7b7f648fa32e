/** The product's words for what the API answers with. */
export type {
  ClientStatus,
  EventAnswer as Event,
  GroupAnswer as Group,
  MediaAnswer as Media,
  OccurrenceAnswer as Occurrence,
} from './generated/types.gen';
