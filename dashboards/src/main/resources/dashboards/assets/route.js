/**
 * Which page the address asks for. Pages are addressed by the fragment, so that one file serves all of them; what a page
 * was set to stands behind a question mark, so that an address shows another person the same.
 */

/** The sections of an experiment's own page, by the word in the address; the first one needs none. */
export const SECTIONS = ['live', 'evidence', 'what-if', 'history', 'edit'];

const EXPERIMENT = /^#\/experiments\/([^/]+)(?:\/([a-z-]+))?$/;
const SOURCE = /^#\/sources\/([^/]+)$/;

/** How long a browser that has had enough of changed addresses is left alone. */
const PAUSE_MILLIS = 1_000;

/**
 * {page, params}, with the key, and for an experiment the section, that the page is about. The page is 'none' where the
 * address is no page's.
 */
export function route(hash = location.hash) {
  const [path, query] = hash.split('?', 2);
  return {...page(path), params: new URLSearchParams(query)};
}

function page(path) {
  if (path === SOURCES) return {page: 'sources'};
  if (path === AUDIT) return {page: 'audit'};
  if (path === NEW) return {page: 'new'};
  const source = SOURCE.exec(path);
  if (source) return {page: 'source', key: decoded(source[1])};
  const [, key, section = SECTIONS[0]] = EXPERIMENT.exec(path) ?? [];
  if (key && SECTIONS.includes(section)) return {page: 'experiment', key: decoded(key), section};
  return {page: STARTS.includes(path) ? 'overview' : 'none'};
}

/** What cannot be decoded, because the address was cut, is the key of nothing. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of an experiment's own page, or of a section of it. */
export const experimentAddress = (key, section = SECTIONS[0]) =>
  `#/experiments/${encodeURIComponent(key)}${section === SECTIONS[0] ? '' : `/${section}`}`;

/** The address of the overview. */
export const OVERVIEW = '#/';

/** Addresses without a page, which begin where the overview is. */
const STARTS = ['', '#', OVERVIEW];

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
  note(path || OVERVIEW, text ? `?${text}` : '');
}

let late = 0;

/** Browsers refuse too many changes at once; then later, if the page is still the same. */
function note(path, query) {
  clearTimeout(late);
  try {
    history.replaceState(null, '', path + query);
  } catch {
    late = setTimeout(() => {
      if ((location.hash.split('?', 1)[0] || OVERVIEW) === path) note(path, query);
    }, PAUSE_MILLIS);
  }
}
