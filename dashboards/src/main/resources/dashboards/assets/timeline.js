import * as api from './api.js';
import {who} from './audit-words.js';
import {capital, date, sentence, share} from './format.js';

/** What happened to an experiment, as a list that grows at both ends. Pure functions but for those that read. */

/** The kinds of events, by their words in the address. */
export const KINDS = [
  {key: 'snapshot', name: 'Shares', meaning: 'Each time shares were worked out anew and published: why, and which '
    + 'arm’s share of new traffic went from what to what.'},
  {key: 'verdict', name: 'Guardrails', meaning: 'Each time a guardrail began to act, or ceased to: an arm paused, '
    + 'learning frozen, the budget used up.'},
  {key: 'action', name: 'People', meaning: 'Everything that somebody did: to this experiment, or to all of them at '
    + 'once, with the name that they gave.'},
];

const PAGE = 100;
const KEPT = 300;
const CATCH_UP_PAGES = 5;
const EXPORT_PAGE = 200;
const EXPORT_PAGES = 250;

/**
 * The list brought up to now: {events, next, ends, fresh}. `ends` are the cursors of events that a page ended with, by
 * their id, `fresh` the events that are new. What happened since is read page by page until it meets what is known;
 * after a very long absence the list begins anew.
 */
export async function caughtUp(key, kinds, known) {
  const ids = new Set(known?.events.map(({id}) => id));
  let events = [];
  let next = null;
  const ends = new Map(known?.ends);
  for (let page = 0; page < CATCH_UP_PAGES; page++) {
    const read = await api.timeline(key, {kinds, before: next, limit: PAGE});
    events = [...events, ...read.events];
    next = read.next;
    if (next !== null) ends.set(events.at(-1).id, next);
    if (!known || next === null || read.events.some(({id}) => ids.has(id))) break;
  }
  const read = new Set(events.map(({id}) => id));
  const met = known?.events.some(({id}) => read.has(id)) ?? false;
  if (!met) return {events, next, ends, fresh: known ? events : []};
  const older = known.events.filter(({id}) => !read.has(id));
  return {
    events: [...events, ...older],
    next: older.length > 0 ? known.next : next,
    ends,
    fresh: events.filter(({id}) => !ids.has(id)),
  };
}

/** The page of events from a cursor on. */
export const pageFrom = (key, kinds, cursor) => api.timeline(key, {kinds, before: cursor, limit: PAGE});

/** The list with the page below it. */
export function older(known, page) {
  const ids = new Set(known.events.map(({id}) => id));
  const events = [...known.events, ...page.events.filter(({id}) => !ids.has(id))];
  return {events, next: page.next, ends: new Map(known.ends).set(events.at(-1).id, page.next)};
}

/**
 * The list without what is far below an event that is looked at (the first, if there is no such event), so that a page
 * that stays open does not grow for ever: it ends where a page ended once, from where it can be read again.
 */
export function trimmed({events, next, ends}, looked) {
  const kept = Math.max(0, events.findIndex(({id}) => id === looked)) + KEPT;
  const last = events.length <= kept + PAGE ? -1 : events.findIndex(({id}, place) => place >= kept && ends.has(id));
  if (last < 0) return {events, next, ends};
  const left = events.slice(0, last + 1);
  const ids = new Set(left.map(({id}) => id));
  return {events: left, next: ends.get(events[last].id), ends: new Map([...ends].filter(([id]) => ids.has(id)))};
}

/**
 * The events by day of the visitor, in their order: [{day, lines}], a line being {id, events}. Allocations that nobody
 * could tell from the one before are together on one line, that of the latest of them.
 */
export function byDay(events) {
  const days = [];
  for (const event of events) {
    const line = days.at(-1)?.lines.at(-1);
    if (line && quiet(event) && quiet(line.events[0])) {
      line.events.push(event);
      line.id = event.id;
      continue;
    }
    const day = date(Date.parse(event.at));
    if (days.at(-1)?.day !== day) days.push({day, lines: []});
    days.at(-1).lines.push({id: event.id, events: [event]});
  }
  return days;
}

/** Whether an event is an allocation of the usual kind in which no share changed as far as it is shown. */
export const quiet = (event) => event.kind === 'snapshot' && USUAL.includes(event.cause) && largest(event).length === 0;

const USUAL = ['moved', 'day'];

/** How an event is marked: {shape, severity, word}. */
export function mark({kind, ended, action}) {
  if (kind === 'snapshot') return {shape: 'shares', severity: 'note', word: 'Shares'};
  if (kind === 'action') return {shape: 'person', severity: 'note', word: 'Person'};
  if (ended) return {shape: 'done', severity: 'note', word: 'Guardrail, over'};
  if (action === 'arm-better') return {shape: 'good', severity: 'good', word: 'Guardrail, good news'};
  return ['arm-harmful', 'feed-broken', 'ratio-broken', 'budget-spent'].includes(action)
    ? {shape: 'alarm', severity: 'bad', word: 'Guardrail, alarm'}
    : {shape: 'alarm', severity: 'warn', word: 'Guardrail, warning'};
}

/** The changes of an event that can be seen, the largest first. */
export const largest = ({changes = []}) => changes.filter(({from, to}) => share(from ?? NaN) !== share(to ?? NaN))
  .sort((a, b) => moved(b) - moved(a));

/** What happened, in a sentence; of who did it, the name that the audit log has. */
export function words({sentence: said, actor}) {
  const begins = `${actor} `;
  return sentence(actor && said.startsWith(begins) ? `${who({actor})} ${said.slice(begins.length)}` : capital(said));
}

const moved = ({from, to}) => Math.abs((to ?? 0) - (from ?? 0));

/** A change in words: video from 42.0% to 47.3%. */
export const told = ({arm, from, to}) => (from === null ? `${arm} begins with ${share(to)}`
  : to === null ? `${arm} is gone, it had ${share(from)}` : `${arm} from ${share(from)} to ${share(to)}`);

const COLUMNS = ['at (UTC)', 'kind', 'title', 'what happened', 'version', 'arm', 'who', 'arm that changed',
  'share before', 'share after', 'audit entry'];

/** All that happened as a table for a file, a row per arm whose share changed. */
export async function table(key, kinds) {
  const rows = [];
  let before = null;
  for (let page = 0; page < EXPORT_PAGES; page++) {
    const read = await api.timeline(key, {kinds, before, limit: EXPORT_PAGE});
    rows.push(...read.events.flatMap(lines));
    before = read.next;
    if (before === null) break;
  }
  return {columns: COLUMNS, rows, note: before === null ? null : 'Older events are not in this file'};
}

const lines = (event) => (changed(event).length > 0 ? changed(event) : [{}]).map(({arm, from, to}) => [
  event.at, event.kind, event.title, words(event), event.version ?? null, event.arm ?? null,
  event.actor ? who(event) : null, arm ?? null, fraction(from), fraction(to), event.audit ?? null]);

const changed = ({changes = []}) => changes.filter(({from, to}) => fraction(from) !== fraction(to));

const DIGITS = 6;
const fraction = (share) => (typeof share === 'number' ? Number(share.toFixed(DIGITS)) : null);
