import type { de } from '../de';
import common from './common.json';
import groups from './groups.json';
import overview from './overview.json';
import session from './session.json';

export const en: typeof de = { common, groups, overview, session };
