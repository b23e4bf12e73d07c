import {harm} from './alarms.js';
import {day} from './format.js';
import {changeMeaning} from './learning.js';
import {endangered} from './suspects.js';

/** What deserves to be seen first. Pure functions over the entries of the board. */

/**
 * Why somebody should look at this experiment now, most pressing first; empty if nothing is wrong. Each is a short
 * sentence, and for some what it means.
 */
export function concerns({experiment, snapshot}) {
  if (experiment.state === 'ended' || experiment.state === 'draft') return [];
  return [...nearlyPaused(experiment, snapshot),
    ...(snapshot?.changes ?? []).map((change) => changed(change, experiment)), ...paused(experiment, snapshot)];
}

const changed = ({arm, since}, experiment) => ({
  sentence: `Arm ${arm} seems to have changed its place since ${day(since)}.`,
  meaning: changeMeaning(experiment),
});

/** Arms that a guardrail is about to pause. */
const nearlyPaused = (experiment, snapshot) => (!snapshot || experiment.guardrails.harm === 'off' ? []
  : endangered(experiment, snapshot)).map(({arm}) => ({
  sentence: `Arm ${arm} is about to be paused: it looks harmful.`,
  meaning: 'The evidence that it earns less than control is close to the mark at which it is paused. You can wait, '
    + 'or pause it yourself.',
}));

/** What a guardrail has paused is an alarm of its own. */
function paused({arms}, snapshot) {
  const keys = arms.filter((arm) => arm.status === 'paused' && !harm(arm, snapshot)).map((arm) => arm.key);
  if (keys.length === 0) return [];
  return [{sentence: keys.length === 1
    ? `Arm ${keys[0]} is paused: nobody new is shown it.`
    : `Arms ${keys.join(', ')} are paused: nobody new is shown them.`}];
}

/** The arms of a definition, the control first, the others as they were defined. */
export const controlFirst = (arms) =>
  [...arms.filter((arm) => arm.control), ...arms.filter((arm) => !arm.control)];

/**
 * At most so many arms, for where there is little room: the control, then those that weigh most. Their order is that of
 * the list.
 *
 * @param weights  by arm key
 */
export function foremost(arms, weights, most) {
  if (arms.length <= most) return arms;
  const weight = (arm) => (arm.control ? Infinity : weights[arm.key] ?? 0);
  const chosen = new Set([...arms].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  return arms.filter((arm) => chosen.has(arm));
}

/** The largest share that each arm had at any of these points, by its key. */
export function mostOf(points) {
  const most = {};
  for (const {shares} of points) {
    for (const [arm, share] of Object.entries(shares)) most[arm] = Math.max(most[arm] ?? 0, share);
  }
  return most;
}
