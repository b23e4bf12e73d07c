/**
 * Which page the address asks for. Pages are addressed by the fragment, so that one file serves all of them; what a page
 * was set to stands behind a question mark, so that an address shows another person the same.
 */

/** The sections of an experiment's own page, by the word in the address; the first one needs none. */
export const SECTIONS = ['live', 'evidence', 'what-if', 'history', 'edit'];

const EXPERIMENT = /^#\/experiments\/([^/]+)(?:\/([a-z-]+))?$/;
const SOURCE = /^#\/sources\/([^/]+)$/;

/** {page, params}, with the key, and for an experiment the section, that the page is about. */
export function route(hash = location.hash) {
  const [path, query] = hash.split('?', 2);
  return {...page(path), params: new URLSearchParams(query)};
}

function page(path) {
  if (path === SOURCES) return {page: 'sources'};
  if (path === AUDIT) return {page: 'audit'};
  if (path === NEW) return {page: 'new'};
  const source = SOURCE.exec(path);
  if (source) return {page: 'source', key: decodeURIComponent(source[1])};
  const [, key, section = SECTIONS[0]] = EXPERIMENT.exec(path) ?? [];
  return key && SECTIONS.includes(section) ? {page: 'experiment', key: decodeURIComponent(key), section}
    : {page: 'overview'};
}

/** The address of an experiment's own page, or of a section of it. */
export const experimentAddress = (key, section = SECTIONS[0]) =>
  `#/experiments/${encodeURIComponent(key)}${section === SECTIONS[0] ? '' : `/${section}`}`;

/** The address of the overview. */
export const OVERVIEW = '#/';

/** The address of the form for a new experiment. */
export const NEW = '#/new';

/** The address of the list of sources. */
export const SOURCES = '#/sources';

/** The address of the audit log. */
export const AUDIT = '#/audit';

/** The address of a source's own page. */
export const sourceAddress = (key) => `#/sources/${encodeURIComponent(key)}`;

/** Notes in the address what the page is set to, without going anywhere; what is empty is left out. */
export function remember(params) {
  const [path, query] = location.hash.split('?', 2);
  const kept = new URLSearchParams(query);
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined || value === '') kept.delete(name);
    else kept.set(name, value);
  }
  const text = kept.toString();
  history.replaceState(null, '', `${path || OVERVIEW}${text ? `?${text}` : ''}`);
}
