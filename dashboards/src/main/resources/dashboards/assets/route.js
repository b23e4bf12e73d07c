/** Which page the address asks for. Pages are addressed by the fragment, so that one file serves all of them. */

const EXPERIMENT = /^#\/experiments\/([^/]+)$/;

/** {page: 'overview'} or {page: 'experiment', key}. */
export function route(hash = location.hash) {
  const match = EXPERIMENT.exec(hash);
  return match ? {page: 'experiment', key: decodeURIComponent(match[1])} : {page: 'overview'};
}

/** The address of an experiment's own page. */
export const experimentAddress = (key) => `#/experiments/${encodeURIComponent(key)}`;

/** The address of the overview. */
export const OVERVIEW = '#/';
