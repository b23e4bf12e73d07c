import {clockTime} from './format.js';
import * as sources from './source-api.js';

/** What a person may do to a source from these pages, in the form of actions.js. */

/** Deliveries of a source are accepted, or refused. */
export const switchSource = (source) => ({
  title: `Switch ${source.key} ${source.enabled ? 'off' : 'on'}?`,
  says: [source.enabled
    ? 'Its deliveries are refused (403) until it is switched on again, and their conversions are missing until then. '
      + 'Most senders try again for some days, then give up. What came in so far stays counted.'
    : 'Its deliveries are accepted and counted again at once. What was refused meanwhile comes in only if the sender '
      + 'tries again.'],
  button: `Switch ${source.enabled ? 'off' : 'on'}`,
  danger: source.enabled,
  run: () => sources.change(source, {enabled: !source.enabled}),
  done: source.enabled ? `${source.key} is off: its deliveries are refused.`
    : `${source.key} is on: its deliveries are accepted.`,
});

/** A source is no more. */
export const removeSource = ({key}) => ({
  title: `Delete ${key}?`,
  says: ['Its deliveries are refused (404) from now on, and its options and secrets are gone. What came in so far '
    + 'stays counted.'],
  button: `Delete ${key}`,
  danger: true,
  run: () => sources.remove(key),
  done: `${key} is deleted.`,
});

/** A secret no longer proves anything. */
export const removeSecret = ({key}, {id, hint}) => ({
  title: `Delete the secret …${hint}?`,
  says: [`Deliveries to ${key} that are signed with it are refused at once. Be sure that the sender uses the other `
    + 'one.'],
  button: 'Delete the secret',
  danger: true,
  run: () => sources.removeSecret(key, id),
  done: `The secret …${hint} is deleted.`,
});

/** Conversions of a source are attributed over again: {source, from, to, metrics, reason}. */
export const settleAgain = (wanted) => ({
  title: `Settle conversions of ${wanted.source} again?`,
  says: [
    `All that arrived from ${clockTime(Date.parse(wanted.from))} to ${clockTime(Date.parse(wanted.to))} are attributed `
      + 'over again, by the rules as they are now. Where something comes out differently, credit is taken back or '
      + 'given, and the experiments learn from what is right: traffic may move.',
    ...Object.entries(wanted.metrics ?? {}).map(([from, to]) => `What was reported as “${from}” counts as “${to}”.`),
    'Nothing is deleted, nothing counts twice, and it can be done again. It goes on in the background.',
  ],
  button: 'Settle again',
  run: () => sources.replay(wanted),
  done: `Conversions of ${wanted.source} are being settled again.`,
});

/** The action, and what is to be done when it has been. */
export const followed = (action, done) => ({...action, run: async (asked) => {
  await action.run(asked);
  done();
}});
