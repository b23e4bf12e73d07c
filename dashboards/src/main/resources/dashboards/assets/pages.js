import {AUDIT, OVERVIEW, SOURCES} from './route.js';

/** Which pages there are. */

/** The bar: [address, name, pages that belong to it]. */
export const PAGES = [
  [OVERVIEW, 'Experiments', ['overview', 'experiment', 'new']],
  [SOURCES, 'Sources', ['sources', 'source']],
  [AUDIT, 'Audit', ['audit']],
];

/** Pages whose modules are fetched when somebody goes there first. */
export const FETCHED = {
  audit: () => import('./components/audit-page.js'),
  new: () => import('./components/experiment-new.js'),
  overview: () => import('./components/experiment-overview.js'),
  source: () => import('./components/source-page.js'),
  sources: () => import('./components/sources-page.js'),
};

/** What stands in the title of a window, of pages that have no name of their own. */
export const TITLES = {new: 'New experiment', sources: 'Sources', audit: 'Audit', none: 'No such page'};
