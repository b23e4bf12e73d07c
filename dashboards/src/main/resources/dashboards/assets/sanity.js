import {evidence} from './distance.js';
import {count, lag} from './format.js';
import {RATIO_AT} from './guardrails.js';
import {units} from './words.js';

/** Whether the numbers of an experiment can be trusted: each thing that could be wrong with them. Pure functions. */

const SLOW_SECONDS = 10;

/**
 * The checks of a report as {name, state, severity, text, meaning, act}: `act` is what to do where it is odd. `ago`
 * says how long ago a time was.
 */
export const sanity = (experiment, {sampleRatio, feed, lag: delay, unattributed, quarantined}, ago) => [
  ratio(experiment, sampleRatio), fed(experiment, feed, ago), learned(delay), lost(experiment, unattributed),
  set(quarantined),
];

const SOUND = {state: 'Sound', severity: 'good'};
const EARLY = {state: 'Too early', severity: 'note'};
const UNWATCHED = {state: 'Not watched', severity: 'note'};

const RATIO_ACT = 'Look for a page that is not shown, a redirect, a bot, or a decision that is asked for but not used, '
  + 'in one arm only.';
const NO_TRUST = 'Until it is found, trust no number here.';

/** A warning at first; what freezes learning is an alarm. */
const odd = (found) => (found > RATIO_AT ? {state: 'Odd', severity: 'bad', act: `${RATIO_ACT} ${NO_TRUST}`}
  : {state: 'Hardly sound', severity: 'warn', act: RATIO_ACT});

const ratio = (experiment, {state, evidence: found, threshold}) => ({
  name: 'Sample ratio',
  meaning: `Whether each arm is counted as often as it was drawn (sample ratio mismatch). If not, ${units(experiment)} `
    + 'are lost or counted twice on the way, and the arms cannot be compared.',
  text: found === null || found === undefined ? 'Nothing counted yet.'
    : `Evidence against it: ${evidence(found)}, warning at ${evidence(threshold)}, alarm at ${evidence(RATIO_AT)}.`,
  ...({sound: SOUND, odd: odd(found), unwatched: UNWATCHED}[state] ?? EARLY),
});

const FEEDS = {
  sound: SOUND,
  silent: {state: 'Silent', severity: 'bad', act: 'Conversions stopped arriving. Look at the sources, and whether the '
    + 'shop still sends them.'},
  surging: {state: 'Surging', severity: 'bad', act: 'Many more come in than before. Look for a conversion that is sent '
    + 'twice, a test, or fraud.'},
};

const fed = ({objective: {metric}}, {state, last}, ago) => ({
  name: 'Conversion feed',
  meaning: `Whether “${metric}” conversions come in about as often as what was shown lets expect.`,
  text: last ? `The last one was credited ${ago(last)} ago.` : 'None was credited yet.',
  ...(FEEDS[state] ?? UNWATCHED),
});

const learned = ({seconds}) => ({
  name: 'Learning lag',
  meaning: 'How old the oldest conversion is that came in but is not part of the numbers yet, of whatever experiment.',
  text: seconds === null ? 'Nothing learned yet.' : seconds === 0 ? 'Everything that came in is counted.'
    : `The oldest one waits for ${lag(seconds * 1000)}.`,
  ...(seconds === null ? EARLY : seconds <= SLOW_SECONDS ? SOUND
    : {state: 'Slow', severity: 'warn', act: 'The server is busy or its database is slow. Nothing is lost; numbers are '
      + 'older than they look.'}),
});

const lost = ({objective: {metric}}, number) => ({
  name: 'Not attributed',
  meaning: `“${metric}” conversions that came in but were not matched with somebody who was shown an arm. Some wait `
    + 'for a moment; others belong to people who never saw this experiment. Some are usual; a sudden rise is not.',
  text: number === 0 ? 'None.' : `${count(number)} ${number === 1 ? 'conversion' : 'conversions'}.`,
  ...(number === 0 ? SOUND : {state: 'Some', severity: 'note', act: 'Sources say why for each of them.'}),
});

const set = ({sources, origins, conversions}) => ({
  name: 'Quarantine',
  meaning: 'Conversions that were taken out again because their source or origin reported suspiciously much.',
  text: sources + origins === 0 ? 'Nothing is under quarantine.'
    : `${[[sources, 'source'], [origins, 'origin']].filter(([number]) => number > 0)
      .map(([number, noun]) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`).join(' and ')} with ${
      count(conversions)} ${conversions === 1 ? 'conversion' : 'conversions'} taken out.`,
  ...(sources + origins === 0 ? SOUND : {state: 'Odd', severity: 'warn', act: 'Find out who reported them; '
    + 'release below those that were real.'}),
});
