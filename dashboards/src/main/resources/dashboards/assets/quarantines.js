import {call} from './api.js';

/**
 * Whose conversions weigh nothing: {id, source or originKey, reason, since, settled}. What of the server's HTTP API is
 * about them, and what a person may do, in the form of actions.js.
 */

/** Those in force, the latest first; `signal` aborts it. */
export const quarantines = async (signal) => (await call('GET', ALL, undefined, {signal})).quarantines;

const ALL = '/v1/quarantines';

/** Characters of an origin's key that tell it from others. */
const KEY_CHARACTERS = 8;

/** Whose they are: a source, or an origin, of which nothing is kept but a key that does not tell who it is. */
export function whose({source, originKey}) {
  if (source) return source === 'api' ? 'everything sent to the API' : `source ${source}`;
  return originKey ? `origin ${originKey.slice(0, KEY_CHARACTERS)}…` : 'this origin';
}

/** What was taken out counts again. Of an origin the number is enough. */
export const release = (quarantine) => ({
  title: `Release ${whose(quarantine)}?`,
  says: [
    'All conversions that were taken out because of it count again within moments, in every experiment, and those that '
      + 'still come count too. Traffic may move. Do it when you know that they are real.',
    ...(quarantine.source ? []
      : ['No guardrail puts this origin under quarantine again. You can, but only by its name, over the API: it is not '
        + 'kept here.']),
  ],
  button: 'Release',
  danger: true,
  run: () => call('DELETE', `${ALL}/${encodeURIComponent(quarantine.id)}`),
  done: `Conversions of ${whose(quarantine)} count again.`,
  undo: quarantine.source ? {
    run: () => call('POST', ALL, {source: quarantine.source, reason: quarantine.reason}),
    done: `Conversions of ${whose(quarantine)} count for nothing again.`,
  } : undefined,
});
