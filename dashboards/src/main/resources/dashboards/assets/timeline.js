import * as api from './api.js';
import {date, sentence, share} from './format.js';

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
const CATCH_UP_PAGES = 5;
const EXPORT_PAGE = 200;
const EXPORT_PAGES = 250;

/**
 * The list brought up to now: {events, next, fresh}, `fresh` being how many are new at its top. What happened since is
 * read page by page until it meets what is known; after a very long absence the list begins anew.
 */
export async function caughtUp(key, kinds, known) {
  const ids = new Set(known?.events.map(({id}) => id));
  let events = [];
  let next = null;
  for (let page = 0; page < CATCH_UP_PAGES; page++) {
    const read = await api.timeline(key, {kinds, before: next, limit: PAGE});
    events = [...events, ...read.events];
    next = read.next;
    if (!known || next === null || read.events.some(({id}) => ids.has(id))) break;
  }
  const read = new Set(events.map(({id}) => id));
  const met = known?.events.some(({id}) => read.has(id)) ?? false;
  if (!met) return {events, next, fresh: known ? events.length : 0};
  const older = known.events.filter(({id}) => !read.has(id));
  return {
    events: [...events, ...older],
    next: older.length > 0 ? known.next : next,
    fresh: events.filter(({id}) => !ids.has(id)).length,
  };
}

/** The list with one more page of older events. */
export async function older(key, kinds, known) {
  const read = await api.timeline(key, {kinds, before: known.next, limit: PAGE});
  const ids = new Set(known.events.map(({id}) => id));
  return {events: [...known.events, ...read.events.filter(({id}) => !ids.has(id))], next: read.next};
}

/** The events by day of the visitor, in their order: [{day, events}]. */
export function byDay(events) {
  const days = [];
  for (const event of events) {
    const day = date(Date.parse(event.at));
    if (days.at(-1)?.day !== day) days.push({day, events: []});
    days.at(-1).events.push(event);
  }
  return days;
}

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

/** The changes of an event, the largest first. */
export const largest = ({changes = []}) => [...changes].sort((a, b) => moved(b) - moved(a));

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
  return {columns: COLUMNS, rows};
}

const lines = (event) => (event.changes?.length > 0 ? event.changes : [{}]).map(({arm, from, to}) => [
  event.at, event.kind, event.title, sentence(event.sentence), event.version ?? null, event.arm ?? null,
  event.actor ?? null, arm ?? null, fraction(from), fraction(to), event.audit ?? null]);

const DIGITS = 6;
const fraction = (share) => (typeof share === 'number' ? Number(share.toFixed(DIGITS)) : null);
