import {evidence, evidenceMeter, nearness} from './distance.js';
import {capital, clockTime, count, percent, period} from './format.js';
import {units} from './words.js';

/** How far each arm is from being paused, held back, or told to be better. Pure: over definition and snapshot. */

const HORIZONS = ['short', 'window', 'arrived'];
const GAIN_ALPHA = 0.05;

/** What follows where evidence reaches its mark, by what it is evidence of; and what is said once it has. */
const FOLLOWS = {
  pause: {verdict: 'arm-harmful', title: 'Pauses the arm', done: 'Paused the arm',
    follows: 'nobody new is shown it, and whoever had it is given another arm'},
  hold: {verdict: 'arm-suspected', title: 'Holds it at its least share', done: 'Holds it at its least share',
    follows: 'it gets no more than its least share until this is settled'},
  gain: {verdict: 'arm-better', title: 'Says that it is better', done: 'Said that it is better',
    follows: 'you are told; nothing happens by itself'},
};

/**
 * The arms but control, the one nearest to being paused first: {arm, paused, part, state, groups}, `part` being how far
 * it has come on the way to a pause, `groups` the meters by what follows.
 */
export function suspects(experiment, {guard}) {
  const paused = new Set(experiment.arms.filter(({status}) => status === 'paused').map(({key}) => key));
  return (guard.arms ?? []).map(({arm, harm, gain = []}) => {
    const found = guard.verdicts.filter((verdict) => verdict.arm === arm);
    const groups = [
      group('pause', harm.filter(({horizon}) => horizon !== 'arrived'), experiment, arm, found),
      group('hold', harm.filter(({horizon}) => horizon === 'arrived'), experiment, arm, found),
      group('gain', gain, experiment, arm, found),
    ].filter(({meters}) => meters.length > 0);
    const part = most(groups, 'pause');
    return {arm, paused: paused.has(arm), part, groups, state: state(paused.has(arm), groups, part)};
  }).sort((a, b) => b.part - a.part || most(b.groups, 'hold') - most(a.groups, 'hold'));
}

const most = (groups, kind) => Math.max(0, ...groups.filter((each) => each.kind === kind)
  .flatMap(({acted, meters}) => (acted ? [1] : meters.map(({part}) => part))));

/** In a word or two how an arm stands, and how bad that is. */
function state(paused, groups, part) {
  if (paused) return {word: 'paused', severity: 'bad'};
  const {level} = nearness(part);
  if (level === 'reached') return {word: 'being paused', severity: 'bad'};
  if (level === 'close') return {word: 'about to be paused', severity: 'bad'};
  if (most(groups, 'hold') >= 1) return {word: 'held at its least share', severity: 'warn'};
  if (most(groups, 'gain') >= 1) return {word: 'better than control', severity: 'good'};
  if (level === 'nearing' || most(groups, 'hold') >= 0.8) return {word: 'looks worse', severity: 'warn'};
  return {word: Math.max(part, most(groups, 'hold')) >= 0.25 ? 'first signs of harm' : 'no harm in sight',
    severity: 'quiet'};
}

/** Evidence may fall again below a mark that it has once reached: then it is said that it has, and since when. */
function group(kind, tests, experiment, arm, found) {
  const {verdict, title, done, follows} = FOLLOWS[kind];
  const acted = found.find((each) => each.kind === verdict);
  const meters = [...tests].sort((a, b) => a.metric.localeCompare(b.metric)
    || HORIZONS.indexOf(a.horizon) - HORIZONS.indexOf(b.horizon))
    .map((test) => ({...meter(kind, test, experiment, arm), ...(acted ? {word: 'now', text: now(test)} : {})}));
  return {kind, acted: Boolean(acted), since: acted?.since ?? null, does: title, follows, meters,
    title: acted ? `${done}, since ${clockTime(Date.parse(acted.since))}` : title};
}

const now = ({logE, logMost}) => `${evidence(Math.exp(logE ?? -Infinity))} of ${evidence(Math.exp(logMost))}`;

function meter(kind, {metric, horizon, logE, logMost, arm: own, control}, experiment, key) {
  const {objective, guardrails} = experiment;
  const named = name(metric, objective);
  const looked = {short: `${period(guardrails.harm?.window)} after`, window: `${period(objective.window)} after`};
  return evidenceMeter({
    id: `${key} ${kind} ${metric} ${horizon}`,
    label: capital(`${named && `${named}, `}${looked[horizon] ?? 'as reported'}`),
    log: logE,
    most: logMost,
    severity: kind === 'pause' ? 'bad' : kind === 'gain' ? 'good' : 'warn',
    meaning: `${count(own.conversions)} of ${count(own.exposures)} ${units(experiment)} with this arm had a `
      + `“${metric.replace(VALUE, '')}”, ${count(control.conversions)} of ${count(control.exposures)} with control.${
        VALUE.test(metric) ? ' It is their money that is compared.' : ''} ${horizon === 'arrived'
        ? 'Counted as they come in, so this speaks early, and what it says may be taken back.'
        : `Each of the ${units(experiment)} is looked at once, that long after being shown the arm: what it says `
          + 'stays.'} At the mark: ${FOLLOWS[kind].follows}.`,
  });
}

/** What a test looks at, where that does not go without saying: the value of what is sold has a test of its own. */
const name = (metric, {metric: goal, kind}) => (metric === `${goal}.value` ? 'money'
  : metric !== goal ? metric : kind === 'revenue' ? 'orders' : '');

const VALUE = /\.value$/;

/** The arms that are not paused yet and are about to be. */
export const endangered = (experiment, snapshot) => suspects(experiment, snapshot)
  .filter(({paused, part}) => !paused && nearness(part).level === 'close');

/** What the test for harm is, and how often it errs. */
export const harmMeaning = ({guardrails: {harm}}) => 'Each bar is what speaks for it, from nothing at the left to what '
  + 'the rule needs at the mark; by equal steps it multiplies. An arm is paused when what was counted fits “earns '
  + `less than control by more than ${percent(harm.margin)}” so many times better than “does not”. It may be `
  + 'looked at all the time without harm.';

/** How often an arm is paused for nothing, as agreed, and called better. */
export const falseAlarms = ({guardrails: {harm}}) => `paused ${harm.form === 'always-on'
  ? 'once in ten thousand days, on average and at most'
  : `in at most ${percent(harm.alpha)} of experiments, all arms together`}; called better in at most ${
  percent(GAIN_ALPHA)}.`;

/** What it is to do so for nothing. */
export const FALSE_ALARM_MEANING = 'Chance alone may make an arm look worse or better than it is. This is how often '
  + 'the guardrail errs so, at most, however long it watches.';
