import {harm, pressing, several} from './alarms.js';
import {day} from './format.js';
import {changeMeaning} from './learning.js';

/** What deserves to be seen first. Pure functions over the entries of the board. */

/**
 * Why somebody should look at this experiment now, most pressing first; empty if nothing is wrong. Each is a short
 * sentence, and for some what it means.
 */
export function concerns({experiment, snapshot}) {
  if (experiment.state === 'ended' || experiment.state === 'draft') return [];
  return [...(snapshot?.changes ?? []).map((change) => changed(change, experiment)), ...paused(experiment, snapshot)];
}

const changed = ({arm, since}, experiment) => ({
  sentence: `Arm ${arm} seems to have changed its place since ${day(since)}.`,
  meaning: changeMeaning(experiment),
});

/** What a guardrail has paused is an alarm of its own. */
function paused({arms}, snapshot) {
  const keys = arms.filter((arm) => arm.status === 'paused' && !harm(arm, snapshot)).map((arm) => arm.key);
  if (keys.length === 0) return [];
  return [{sentence: keys.length === 1
    ? `Arm ${keys[0]} is paused: nobody new is shown it.`
    : `Arms ${keys.join(', ')} are paused: nobody new is shown them.`}];
}

const KINDS = [
  {title: 'with alarms', has: (entry) => pressing(entry).length > 0},
  {title: 'needs a look', has: (entry) => concerns(entry).length > 0},
  {title: 'running', has: ({experiment}) => experiment.state === 'running'},
  {title: 'paused', has: ({experiment}) => experiment.state === 'paused'},
  {title: 'draft', has: ({experiment}) => experiment.state === 'draft'},
  {title: 'ended', has: () => true},
];

const kind = (entry) => KINDS.findIndex(({has}) => has(entry));
const created = ({experiment}) => Date.parse(experiment.createdAt);

/**
 * The entries: those with alarms first, then those that need a look, then running, paused, draft and ended ones; the
 * newest of each first.
 */
export const ordered = (entries) =>
  [...entries].sort((a, b) => kind(a) - kind(b) || created(b) - created(a));

/** How many there are of each kind, in the same order, as words: "2 alarms in 1 experiment", "2 running". */
export const tally = (entries) => KINDS
  .map(({title}, place) => [[...entries].filter((entry) => kind(entry) === place).length, title])
  .filter(([number]) => number > 0)
  .map(([number, title]) => title === 'with alarms' ? alarmed(entries, number)
    : `${number} ${title === 'needs a look' && number > 1 ? 'need a look' : title}`);

const alarmed = (entries, number) => `${several([...entries].flatMap(pressing).length)} in ${
  number === 1 ? '1 experiment' : `${number} experiments`}`;

/** The arms of a definition, the control first, the others as they were defined. */
export const controlFirst = (arms) =>
  [...arms.filter((arm) => arm.control), ...arms.filter((arm) => !arm.control)];

/**
 * At most so many arms, for where there is little room: the control, then those with the largest shares; paused ones
 * before them. Their order is that of the list.
 */
export function foremost(arms, shares, most) {
  if (arms.length <= most) return arms;
  const weight = (arm) => (arm.control ? 3 : arm.status === 'paused' ? 2 : shares[arm.key] ?? 0);
  const chosen = new Set([...arms].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  return arms.filter((arm) => chosen.has(arm));
}
