import {call} from './api.js';

/** The part of the server's HTTP API that defines experiments. */

const ALL = '/v1/experiments';
const one = (key) => `${ALL}/${encodeURIComponent(key)}`;

/** What a definition implies; `signal` aborts it. */
export const preview = (asked, signal) => call('POST', '/v1/previews', asked, {signal, changes: false});

/** A new draft. */
export const create = (definition) => call('POST', ALL, definition);

/** Starts a draft. */
export const start = (key) => call('POST', `${one(key)}/start`);

/** Replaces fields of a definition that was last seen at this revision. */
export const change = (key, fields, revision) => call('PATCH', one(key), fields, {revision});
