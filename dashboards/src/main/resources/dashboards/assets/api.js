import {actor} from './actor.js';
import {sentence} from './format.js';

/** The part of the server's HTTP API that the pages use. */

/** From this status on it is the server that is at fault. */
const FAULT = 500;

const unsaid = (status) => (status >= FAULT ? `Something went wrong in the server (error ${status}).`
  : `The server refused it (error ${status}).`);

/** An answer that is not a success, with the server's own words for it (RFC 9457) when it sent them; or none at all. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? (status < FAULT ? problem?.title : null) ?? unsaid(status));
    this.status = status;
    /** What is wrong field by field, as {field, reason}; empty if it is not about fields. */
    this.errors = problem?.errors ?? [];
    /** Whether it may have been done all the same. */
    this.doubtful = problem?.doubtful ?? false;
  }
}

/**
 * What is said when something failed: that it was not done, in these words, and why. Of what may have been done all the
 * same, nobody says that it was not.
 */
export const told = ({message, doubtful}, words) => (doubtful ? message : `${words} ${sentence(message)}`);

/** How long an answer may take: one that is read, because who asks again and again has to notice that nobody answers. */
const PATIENCE_MILLIS = 10_000;
/** The same of one that does something, or reckons for long. */
const LONG_PATIENCE_MILLIS = 30_000;

const get = (path, signal) => call('GET', path, undefined, {signal});

/**
 * Asks the server; answers its JSON, or null if it has nothing to say.
 *
 * @param revision   what the change is based on, if the server is to refuse it when that is no longer so
 * @param signal     aborts it
 * @param changes    whether it changes anything, which is then told in the audit log; everything but a GET does, unless
 *                   it says otherwise
 * @throws Refusal   if the answer is not a success, or there is none in time
 */
export async function call(method, path, body, {revision, signal, changes = method !== 'GET'} = {}) {
  const headers = {accept: 'application/json'};
  if (changes) headers['bandolier-actor'] = actor();
  if (body) headers['content-type'] = 'application/json';
  if (revision !== undefined) headers['if-match'] = `"${revision}"`;
  const patience = AbortSignal.timeout(method === 'GET' ? PATIENCE_MILLIS : LONG_PATIENCE_MILLIS);
  const ends = signal ? AbortSignal.any([signal, patience]) : patience;
  const response = await fetch(path,
    {method, headers, cache: 'no-store', body: body && JSON.stringify(body), signal: ends})
    .catch(() => { throw unanswered(0, 'The server does not answer.', changes); });
  if (!response.ok) {
    throw new Refusal(response.status, await response.json().catch(() => null));
  }
  return response.status === 204 ? null : response.json().catch(() => {
    throw unanswered(response.status, 'What the server answered cannot be read.', changes);
  });
}

/** Who gets no answer to a change does not know whether it was made. */
const unanswered = (status, why, changes) => new Refusal(status,
  {detail: changes ? `${why} It is not known whether this was done.` : why, doubtful: changes});

/** All experiments, each with its newest snapshot; `signal` aborts it. */
export const experiments = async (signal) => (await get('/v1/experiments', signal)).experiments;

/** One experiment with its newest snapshot. */
export const experiment = (key) => get(one(key));

/**
 * The snapshots of an experiment, thinned by the server to so many points, oldest first.
 *
 * @param from  the earliest, in milliseconds; from its start without
 * @param to    the latest; up to now without
 */
export const snapshots = async (key, points, time) => (await allocations(key, points, time)).snapshots;

/** The same, with how many there are in that time: {snapshots, total}. */
export function allocations(key, points, {from = null, to = null} = {}) {
  const asked = new URLSearchParams({points});
  if (from !== null) asked.set('from', new Date(from).toISOString());
  if (to !== null) asked.set('to', new Date(to).toISOString());
  return get(`${one(key)}/snapshots?${asked}`);
}

/** What can be said about the arms of an experiment; refused with 409 before it was started. */
export const report = (key) => get(`${one(key)}/report`);

/**
 * A page of what happened to an experiment, the latest first: {events, next}.
 *
 * @param kinds   only these, by their words; all, if empty
 * @param before  `next` of the page before
 */
export function timeline(key, {kinds = [], before = null, limit = 100} = {}) {
  const asked = new URLSearchParams({limit});
  if (kinds.length > 0) asked.set('kinds', kinds.join(','));
  if (before !== null) asked.set('before', before);
  return get(`${one(key)}/timeline?${asked}`);
}

/** How the rewards of an experiment come in, over so many minutes up to now. */
export const feed = (key, minutes) => get(`${one(key)}/feed?minutes=${minutes}`);

/** Pauses or resumes an arm. */
export const moveArm = (key, arm, verb) => call('POST', `${one(key)}/arms/${encodeURIComponent(arm)}/${verb}`);

/** Says that conversions and exposures of an experiment are sound. */
export const thaw = (key) => call('POST', `${one(key)}/thaw`);

/** What another policy would have earned with the same units; `signal` aborts it. */
export const whatIf = (key, asked, signal) =>
  call('POST', `${one(key)}/what-if`, asked, {signal, changes: false});

/** How the kill switch stands: {engaged, reason, actor, at}; `signal` aborts it. */
export const killSwitch = (signal) => get(KILL_SWITCH, signal);

/** Serves control to everybody. */
export const engage = (reason) => call('PUT', KILL_SWITCH, {reason});

/** Ends that. */
export const release = () => call('DELETE', KILL_SWITCH);

const KILL_SWITCH = '/v1/kill-switch';
const one = (key) => `/v1/experiments/${encodeURIComponent(key)}`;

/** How all experiments divided their traffic over so many days, in at most so many points each: {from, to, sparks}. */
export const sparks = (days, points) => get(`/v1/sparks?days=${days}&points=${points}`);

/** Starts, pauses, resumes or ends an experiment. */
export const moveExperiment = (key, verb) => call('POST', `${one(key)}/${verb}`);

/** Deletes a draft. */
export const deleteExperiment = (key) => call('DELETE', one(key));

/** Who changed what, the latest first: {entries, next}; of what is asked for, what is empty does not matter. */
export const audit = (asked, signal) => call('GET', `/v1/audit?${new URLSearchParams(
  Object.entries(asked).filter(([, value]) => value !== '' && value !== null && value !== undefined))}`, undefined,
{signal});
