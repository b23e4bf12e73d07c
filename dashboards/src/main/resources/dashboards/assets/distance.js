import {count} from './format.js';

/**
 * How far something is from where a guardrail acts. Evidence multiplies, so ways are measured in logarithms: half of
 * the way to 400 is 20. Pure functions.
 */

const TOLD_MAX = 1e6;

/** Parts of the way from which on something is called so. */
const CLOSE = 0.8;
const NEARING = 0.5;
const FAR = 0.25;

/** What evidence is. */
export const EVIDENCE_MEANING = 'How strongly what was counted speaks for it: at 80 it fits 80 times better than chance '
  + 'alone. 1 says nothing; at the number needed the guardrail acts.';

/** Evidence as a number: 0.2, 310, over a million. */
export const evidence = (e) => (e > TOLD_MAX ? 'over a million' : e < 10 ? e.toFixed(1) : count(Math.round(e)));

/** The part of the way that evidence has come from none to where it acts; more than 1 beyond. */
const way = (log, most) => Math.max(0, (log ?? -Infinity) / most);

/** How near that is: {level, word}. */
export function nearness(part) {
  if (part >= 1) return {level: 'reached', word: 'reached'};
  if (part >= CLOSE) return {level: 'close', word: 'about to act'};
  if (part >= NEARING) return {level: 'nearing', word: 'getting near'};
  if (part >= FAR) return {level: 'off', word: 'some way off'};
  return part > 0 ? {level: 'far', word: 'far'} : {level: 'far', word: 'no sign of it'};
}

/** How many times as much evidence it takes, or how much more there is: 12× to go. Nothing where there is none. */
function missing(log, most) {
  const factor = Math.exp(Math.abs(most - (log ?? -Infinity)));
  if ((log ?? -Infinity) >= most) return factor < 1.05 ? 'just so' : `${times(factor)} enough`;
  return (log ?? -Infinity) <= 0 ? '' : `${times(factor)} to go`;
}

const times = (factor) => (factor > TOLD_MAX ? 'over a million ×'
  : `${factor < 10 ? Number(factor.toPrecision(2)) : count(Math.round(factor))}×`);

/** A meter of evidence; `warnLog` is a second mark, where it warns. */
export const evidenceMeter = ({label, meaning, log, most, severity = 'bad', id, warnLog}) => ({
  id,
  label,
  meaning,
  log: log ?? null,
  most,
  part: way(log, most),
  warnAt: warnLog === undefined ? undefined : warnLog / most,
  severity,
  text: missing(log, most),
  exact: `evidence ${evidence(Math.exp(log ?? -Infinity))} of ${evidence(Math.exp(most))}`,
  about: EVIDENCE_MEANING,
});
