/** The product's words for what the API answers with. */
export type {
  ClientAnswer as Client,
  ClientStatus,
  EventAnswer as Event,
  GroupAnswer as Group,
  MediaAnswer as Media,
  OccurrenceAnswer as Occurrence,
} from './generated/types.gen';
