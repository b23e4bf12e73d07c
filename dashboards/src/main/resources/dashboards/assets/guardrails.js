import {capital, chance, count, money, percent, period} from './format.js';
import {unit, units} from './words.js';

/** How the guardrails of an experiment stand, in words and as meters. Pure functions over definition and snapshot. */

/** Evidence at which the server holds the feed for broken, and that it warns and freezes at for the sample ratio. */
const FEED_AT = 1e5;
const RATIO_AT = 1e3;
const TOLD_MAX = 1e6;
const CAUTIOUS_STAGES = 3;

/** Evidence as a number: 0.2, 310, over a million. */
export const evidence = (e) => (e > TOLD_MAX ? 'over a million' : e < 10 ? e.toFixed(1) : count(Math.round(e)));

/** How far evidence has come towards what it needs, from 0 to 1, in logarithms, since evidence multiplies. */
const way = (log, most) => Math.min(1, Math.max(0, (log ?? -Infinity) / most));

/**
 * The arms with what speaks for their doing harm, the most suspicious first: {arm, meters}.
 */
export const suspects = (experiment, {guard}) => (guard.arms ?? [])
  .map(({arm, harm}) => ({arm, meters: [...harm].sort(byHorizon).map((each) => weighed(experiment, each))}))
  .sort((a, b) => foremost(b) - foremost(a));

const foremost = ({meters}) => Math.max(0, ...meters.map(({part}) => part));
const HORIZONS = ['arrived', 'short', 'window'];
const byHorizon = (a, b) => a.metric.localeCompare(b.metric)
  || HORIZONS.indexOf(a.horizon) - HORIZONS.indexOf(b.horizon);

function weighed(experiment, {metric, horizon, logE, logMost, e, threshold, arm, control}) {
  const {objective, guardrails} = experiment;
  const named = metric === objective.metric ? '' : `${metric}, `;
  const looked = {short: `${period(guardrails?.harm?.window)} after`, window: `${period(objective.window)} after`};
  return {
    label: capital(`${named}${looked[horizon] ?? 'as they arrive'}`),
    part: way(logE, logMost),
    severity: horizon === 'arrived' ? 'warn' : 'bad',
    text: `${evidence(e ?? Math.exp(logE ?? -Infinity))} of ${evidence(threshold ?? Math.exp(logMost))}`,
    meaning: `${count(arm.conversions)} of ${count(arm.exposures)} ${units(experiment)} with this arm, `
      + `${count(control.conversions)} of ${count(control.exposures)} with control. ${horizon === 'arrived'
        ? 'Looked at as conversions arrive: at the mark the arm is held at its least share until this is settled.'
        : `Each of the ${units(experiment)} is looked at once, at that time: at the mark the arm is paused.`}`,
  };
}

/** What the test for harm is. */
export const harmMeaning = ({guardrails: {harm}}) => 'Pauses an arm that earns less than control by more than '
  + `${percent(harm.margin)}. The number says how many times better what was counted fits harm than no harm, beside `
  + 'what is needed; the bar grows by equal steps where it multiplies. It may be looked at all the time: '
  + (harm.form === 'always-on' ? 'a false alarm is expected once in ten thousand days.'
    : `at most ${percent(harm.alpha)} of experiments without any harm ever pause an arm.`);

/** The guardrails but that against harm: {name, meaning, value, meters}; `value` is null for what is off. */
export const rails = (experiment, {guard}) => {
  const {guardrails} = experiment;
  return [
    {name: 'Budget', meaning: budgetMeaning(experiment),
      ...(guardrails.budget === 'off' ? OFF : budget(experiment, guard.spending))},
    {name: 'Ramp', meaning: 'The share that all arms but control may have together grows by stages, and goes back if '
      + 'an arm looks bad.', ...(guardrails.ramp === 'none' ? OFF : ramp(guardrails, guard.ramp))},
    {name: 'Proof of safety', meaning: 'Arms are held back until they have proven not to lose more than this.',
      ...(guardrails.strict === undefined ? OFF : {value: `a loss of ${percent(guardrails.strict)} at most`})},
    {name: 'Conversion feed', meaning: 'Freezes learning when far fewer, or more, conversions come in than what was '
      + 'shown lets expect: a broken feed looks like a bad arm.', ...(guardrails.feed ? feed(guard.feed) : OFF)},
    {name: 'Sample ratio', meaning: `Freezes learning when arms are not counted as often as they were drawn: ${
      units(experiment)} are lost or counted twice on the way.`, ...(guardrails.ratio ? ratio(guard.ratio) : OFF)},
    {name: 'Origins', meaning: 'So many conversions of one origin count per day; more of them weigh nothing, in all '
      + 'arms alike. Where origins are reported, it is also asked who would lead without those that report most.',
    ...origins(guardrails.originCap, guard.top)},
  ];
};

const OFF = {value: null};

const budgetMeaning = ({guardrails: {budget}}) => 'What exploring may lose against showing control to everybody. '
  + (budget === 'default' ? 'Nobody named an amount, so it is 1% of what control earns in four weeks, and the expected '
    + 'loss is held against it.' : 'What may have been lost, with the certainty agreed to, is held against it.')
  + ' Beyond it, everybody gets control or an arm that is probably better.';

function budget(experiment, spending) {
  if (!spending) return {value: 'nothing lost yet'};
  const amount = (value, noun) => reward(experiment, value, noun);
  const {expected, held, allowed, today, daily, next, ceiling, rate} = spending;
  const meter = (label, spent, most) => ({
    label, part: Math.min(1, Math.max(0, Number(spent) / Number(most))), severity: 'bad',
    text: `${amount(spent, '')} of ${amount(most)}`,
  });
  return {
    value: rate >= 1 ? 'exploring goes on in full' : `${percent(rate)} of exploring goes on, the rest gets control`,
    meters: [meter('Lost in all', held, allowed), ...(daily === undefined ? [] : [meter('Lost today', today, daily)])],
    facts: [
      Number(expected) < 0 ? `So far exploring has gained about ${amount(-Number(expected))}.` : '',
      rate < 1 ? `Were nothing held back, about ${amount(next)} might be lost in the next five minutes.` : '',
      ceiling === undefined ? '' : `Not more than ${amount(ceiling)} lost with 95% certainty, whatever one believed `
        + 'before.',
    ].filter(Boolean),
  };
}

/** An amount of what is earned: of revenue money, else conversions, and what these are worth where that was said. */
function reward({objective, guardrails}, value, noun = ' conversions') {
  const amount = Math.max(0, Number(value));
  if (objective.kind === 'revenue') return money(amount, objective.currency);
  const worth = Number(guardrails.budget?.worth);
  return Number.isFinite(worth) ? money(amount * worth, objective.currency)
    : `${amount < 100 ? amount.toFixed(1) : count(Math.round(amount))}${noun}`;
}

function ramp(guardrails, at) {
  const stages = guardrails.ramp === 'cautious' ? CAUTIOUS_STAGES : guardrails.ramp.length;
  if (!at) return {value: 'not begun'};
  return at.stage >= stages ? {value: `all ${count(stages)} stages are over`}
    : {value: `stage ${at.stage + 1} of ${stages}: all arms but control share at most ${percent(at.share)}`};
}

function feed(at) {
  if (!at) return {value: 'too little has come in yet to know what to expect'};
  const {perMinute} = at;
  return {
    value: `${perMinute < 10 ? Number(perMinute.toPrecision(2)) : count(Math.round(perMinute))} conversions per minute`
      + ' expected',
    meters: [suspicion('Too few', at.silence, FEED_AT), suspicion('Too many', at.inflation, FEED_AT)],
  };
}

const ratio = (log) => (log === undefined ? {value: 'nobody counted yet'}
  : {value: log > Math.log(RATIO_AT) ? 'does not add up' : 'arms are counted as they were drawn',
    meters: [suspicion('Lost or doubled', log, RATIO_AT)]});

const suspicion = (label, log, most) => ({
  label, part: way(log, Math.log(most)), severity: 'bad',
  text: `${evidence(Math.exp(log ?? -Infinity))} of ${evidence(most)}`,
});

function origins(cap, top) {
  return {
    value: cap === 'off' ? null : `${count(cap)} conversions of each count per day`,
    facts: !top || top.origins === 0 ? [] : [`Chance to be best without the ${top.origins === 1 ? 'origin that reports'
      : `${count(top.origins)} origins that report`} most: ${Object.entries(top.best).sort(([, a], [, b]) => b - a)
      .slice(0, 3).map(([arm, best]) => `${arm} ${chance(best)}`).join(', ')}.`],
  };
}

/** What happens to a unit whose arm is paused. */
export const movedOn = (experiment) => `${capital(units(experiment))} who had it are given another arm the next time; `
  + `nobody new is shown it. Every ${unit(experiment)} counted stays counted.`;
