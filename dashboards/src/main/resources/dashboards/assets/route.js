/** Which page the address asks for. Pages are addressed by the fragment, so that one file serves all of them. */

const EXPERIMENT = /^#\/experiments\/([^/]+)$/;
const SOURCE = /^#\/sources\/([^/]+)$/;

/** {page: 'overview'}, {page: 'experiment', key}, {page: 'sources'} or {page: 'source', key}. */
export function route(hash = location.hash) {
  if (hash === SOURCES) return {page: 'sources'};
  const [source, experiment] = [SOURCE.exec(hash), EXPERIMENT.exec(hash)];
  if (source) return {page: 'source', key: decodeURIComponent(source[1])};
  return experiment ? {page: 'experiment', key: decodeURIComponent(experiment[1])} : {page: 'overview'};
}

/** The address of an experiment's own page. */
export const experimentAddress = (key) => `#/experiments/${encodeURIComponent(key)}`;

/** The address of the overview. */
export const OVERVIEW = '#/';

/** The address of the list of sources. */
export const SOURCES = '#/sources';

/** The address of a source's own page. */
export const sourceAddress = (key) => `#/sources/${encodeURIComponent(key)}`;
