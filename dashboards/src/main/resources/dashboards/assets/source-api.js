import {call} from './api.js';

/** The part of the server's HTTP API that is about sources. */

const read = (path) => call('GET', path);

/** Every source that is set up. */
export const sources = async () => (await read(ALL)).sources;

/** What came in over so many days, by source: {from, to, sources}. */
export const reconciliation = (days) => read(`/v1/reconciliation?days=${days}`);

/** The same for one source, with its days and its latest refusals. */
export const reconciliationOf = (key, days) => read(`${one(key)}/reconciliation?days=${days}`);

/** Everything that was settled again, the latest first. */
export const replays = async () => (await read(REPLAYS)).replays;

/** Sets up a source: {key, kind, options, secret}. The answer has the secret if the server made it. */
export const create = (source) => call('POST', ALL, source);

/** Changes what is named, unless somebody else changed the source meanwhile. */
export const change = ({key, revision}, changes) => call('PATCH', one(key), changes, {revision});

/** Takes a source away. */
export const remove = (key) => call('DELETE', one(key));

/** Adds a secret: {secret, overlap}. The answer has the secret if the server made it. */
export const addSecret = (key, secret) => call('POST', `${one(key)}/secrets`, secret);

/** Takes a secret away. */
export const removeSecret = (key, id) => call('DELETE', `${one(key)}/secrets/${encodeURIComponent(id)}`);

/** What would become of a delivery: {headers, body}. */
export const dryRun = (key, delivery) => call('POST', `${one(key)}/dry-run`, delivery, {changes: false});

/** Settles conversions again: {source, from, to, metrics, reason}. */
export const replay = (wanted) => call('POST', REPLAYS, wanted);

const ALL = '/v1/sources';
const REPLAYS = '/v1/replays';
const one = (key) => `${ALL}/${encodeURIComponent(key)}`;
