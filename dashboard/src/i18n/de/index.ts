import alerts from './alerts.json';
import broadcasts from './broadcasts.json';
import commands from './commands.json';
import common from './common.json';
import events from './events.json';
import explain from './explain.json';
import groups from './groups.json';
import infoscreens from './infoscreens.json';
import media from './media.json';
import monitoring from './monitoring.json';
import overview from './overview.json';
import resources from './resources.json';
import session from './session.json';
import settings from './settings.json';
import subscription from './subscription.json';

export const de = {
  alerts,
  broadcasts,
  commands,
  common,
  events,
  explain,
  groups,
  infoscreens,
  media,
  monitoring,
  overview,
  resources,
  session,
  settings,
  subscription,
};
