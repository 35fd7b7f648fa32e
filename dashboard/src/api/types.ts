/** The product's words for what the API answers with. */
export type {
  Action as CommandAction,
  ClientAnswer as Client,
  ClientStatus,
  CommandAnswer as Command,
  CommandDetail,
  EventAnswer as Event,
  GroupAnswer as Group,
  HolidayAnswer as Holiday,
  MediaAnswer as Media,
  OccurrenceAnswer as Occurrence,
  PeriodAnswer as Period,
  RolloutDetail as Rollout,
  SettingAnswer as Setting,
  Status as CommandStatus,
  TallyAnswer as Tally,
} from './generated/types.gen';
