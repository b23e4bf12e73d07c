import {evidenceMeter} from './distance.js';
import {capital, chance, count, money, percent, pieces} from './format.js';
import {unit, units} from './words.js';

/**
 * How the guardrails of an experiment stand that are not about a single arm, in words and as meters. Pure functions
 * over definition and snapshot.
 */

/** Evidence at which the server holds the feed for broken, and that it warns and freezes at for the sample ratio. */
const FEED_AT = 1e5;
export const RATIO_AT = 1e3;
const RATIO_WARNS_AT = 100;
/** Evidence of harm at which a ramp no longer goes on, and at which it goes back at the latest. */
const RAMP_WAITS_AT = 5;
/** Days between false alarms about arms of an experiment that runs for ever. */
const DAYS_BETWEEN = 1e4;
const CAUTIOUS_STAGES = [0.05, 0.2, 0.5];

/**
 * The guardrails but that against harm: {name, meaning, value, meters, facts, follows, chance}; `value` is null for
 * what is off. `follows` says what happens at the mark, `chance` how often that is for nothing.
 */
export const rails = (experiment, {guard}) => {
  const {guardrails} = experiment;
  const idle = controlPaused(experiment) ? {value: 'does not act: control is paused'} : null;
  const frozen = idle ? 'learning is frozen, but nobody is given control: control is paused'
    : 'learning is frozen; after half an hour everybody gets control';
  return [
    {name: 'Budget', meaning: budgetMeaning(experiment),
      follows: 'everybody gets control, or an arm that is probably better',
      ...(guardrails.budget === 'off' ? OFF : idle ?? budget(experiment, guard.spending))},
    {name: 'Ramp', meaning: 'The share that all arms but control may have together grows by stages, and goes back if '
      + 'an arm looks bad.', ...(guardrails.ramp === 'none' ? OFF : idle ?? ramp(experiment, guard))},
    {name: 'Proof of safety', meaning: 'Arms are held back until they have proven not to lose more than this.',
      ...(guardrails.strict === undefined ? OFF : idle ?? strict(guardrails.strict, guard))},
    {name: 'Conversion feed', meaning: 'Freezes learning when far fewer, or more, conversions come in than what was '
      + 'shown lets expect: a broken feed looks like a bad arm.',
    follows: frozen,
    chance: 'For nothing: once in 69 days, on average and at most.',
    ...(guardrails.feed ? feed(guard.feed) : OFF)},
    {name: 'Sample ratio', meaning: `Freezes learning when arms are not counted as often as they were drawn: ${
      units(experiment)} are lost or counted twice on the way. It warns at the thin mark.`,
    follows: frozen, chance: 'For nothing: in at most one of 1,000 experiments.',
    ...(guardrails.ratio ? ratio(guard.ratio) : OFF)},
    {name: 'Origins', meaning: 'So many conversions of one origin count per day; more of them weigh nothing, in all '
      + 'arms alike. Where origins are reported, it is also asked who would lead without those that report most.',
    ...origins(guardrails.originCap, guard.top)},
  ];
};

const OFF = {value: null};

/** A person may pause control: then there is nobody to give to what a guardrail takes from the arms. */
const controlPaused = ({arms}) => arms.some(({control, status}) => control && status === 'paused');

/** The guardrails of an experiment that act by giving control, in words. */
export const fallingBack = ({guardrails: {budget, ramp, strict, feed, ratio}}) => [
  ...(feed || ratio ? ['control for everybody when learning is frozen'] : []),
  ...(budget === 'off' ? [] : ['the budget']), ...(ramp === 'none' ? [] : ['the ramp']),
  ...(strict === undefined ? [] : ['the proof of safety']),
];

const budgetMeaning = ({guardrails: {budget}}) => 'What exploring may lose against showing control to everybody. '
  + (budget === 'default' ? 'Nobody named an amount, so it is 1% of what control earns in four weeks, and the expected '
    + 'loss is held against it.' : 'What may have been lost, with the certainty agreed to, is held against it.')
  + ' Beyond it, everybody gets control or an arm that is probably better.';

function budget(experiment, spending) {
  if (!spending) return {value: 'nothing lost yet'};
  const amount = (value, noun) => reward(experiment, value, noun);
  const {expected, held, allowed, today, daily, next, ceiling, rate} = spending;
  const meter = (label, spent, most) => {
    const part = Math.max(0, Number(spent) / Number(most));
    return {
      id: `budget ${label}`, label, part, severity: 'bad',
      text: part >= 1 ? 'all of it' : part > 0 ? `${amount(Number(most) - Number(spent))} left` : 'nothing of it',
      exact: `${amount(spent, '')} of ${amount(most)}`,
      about: 'What exploring is held to have lost, of what it may lose.',
      amounts: [...[spent, most].map((each) => Number(each) * worth(experiment)), counted(experiment)],
    };
  };
  return {
    value: rate >= 1 ? 'exploring goes on in full' : `${percent(rate)} of exploring goes on, the rest gets control`,
    meters: [meter('Lost in all', held, allowed), ...(daily === undefined ? [] : [meter('Lost today', today, daily)]),
      ...(ceiling === undefined || Number(ceiling) > Number(allowed) ? [] : [{
        ...meter('Surely not more', ceiling, allowed), severity: 'none',
        text: `${amount(ceiling)} at most`, meaning: 'What has been lost at most, with 95% certainty at any time and '
          + 'whatever one believed before. Nothing follows from it: it shrinks beside the budget as more is known.'}])],
    facts: [
      Number(expected) < 0 ? `So far exploring has gained about ${amount(-Number(expected))}.` : '',
      Number(ceiling) > Number(allowed) ? 'Too little is known to be sure that no more than the budget was lost.' : '',
      rate < 1 ? `Were nothing held back, about ${amount(next)} might be lost in the next five minutes.` : '',
    ].filter(Boolean),
  };
}

/**
 * An amount of what is earned, as the budget counts: of revenue money, else conversions, and what these are worth where
 * that was said.
 */
export function reward(experiment, value, noun = null) {
  const amount = Math.max(0, Number(value)) * worth(experiment);
  return inMoney(experiment) ? money(amount, experiment.objective.currency) : `${pieces(amount)}${
    noun ?? (pieces(amount) === '1' ? ' conversion' : ' conversions')}`;
}

/** What one of what is earned is worth, where that was said; else it counts as it is. */
const worth = ({objective, guardrails: {budget}}) =>
  (objective.kind !== 'revenue' && Number.isFinite(Number(budget?.worth)) ? Number(budget.worth) : 1);

const inMoney = ({objective, guardrails: {budget}}) =>
  objective.kind === 'revenue' || Number.isFinite(Number(budget?.worth));

/** What amounts of what is earned are counted in. */
const counted = (experiment) => (inMoney(experiment) ? experiment.objective.currency : 'conversions');

/** What a ramp says: where it is, and how near it is to waiting and to going back. */
function ramp(experiment, guard) {
  const {ramp: written, harm} = experiment.guardrails;
  const at = guard.ramp;
  const stages = written === 'cautious' ? CAUTIOUS_STAGES : written.map(({share}) => share);
  if (!at) return {value: 'not begun'};
  const over = at.stage >= stages.length;
  const logs = cautions(experiment, guard);
  const back = Math.max(RAMP_WAITS_AT, 1 / (2 * (harm?.alpha ?? 1)));
  return {
    value: over ? `all ${count(stages.length)} stages are over`
      : `stage ${at.stage + 1} of ${stages.length}: all arms but control share at most ${percent(at.share)}`,
    facts: over ? [] : [`Stages: ${stages.map((share, place) => (place === at.stage ? `now ${percent(share)}`
      : percent(share))).join(', ')}, then no limit.`],
    follows: at.stage === 0 ? 'it stays at its first stage' : 'it goes back a stage; at the thin mark it waits',
    meters: logs.length === 0 ? [] : [evidenceMeter({id: 'ramp', label: 'An arm looks bad', severity: 'warn',
      log: finite(Math.max(...logs)), most: Math.log(back),
      warnLog: back > RAMP_WAITS_AT ? Math.log(RAMP_WAITS_AT) : undefined})],
  };
}

/**
 * The evidence of harm of each live arm as a ramp weighs it: divided by how many tests there are, which is what the
 * mark of a test is raised by.
 */
function cautions({arms, guardrails: {harm}}, guard) {
  const paused = new Set(arms.filter(({status}) => status === 'paused').map(({key}) => key));
  const agreed = harm?.form === 'always-on' ? Math.log(DAYS_BETWEEN) : -Math.log(harm?.alpha ?? 1);
  return (guard.arms ?? []).filter(({arm}) => !paused.has(arm))
    .flatMap((each) => each.harm.filter(({horizon}) => horizon === 'arrived'))
    .map(({logE, logMost}) => (logE ?? -Infinity) - (logMost - agreed));
}

const finite = (log) => (Number.isFinite(log) ? log : null);

/** What is left of exploring until arms have proven themselves. */
function strict(loss, guard) {
  const held = guard.verdicts.find(({kind}) => kind === 'held-back');
  return {
    value: `a loss of ${percent(loss)} at most`,
    facts: [held ? `Not proven yet: ${percent(held.rate)} of exploring goes on.` : 'Proven: nothing is held back.'],
  };
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
  : {value: log > Math.log(RATIO_AT) ? 'does not add up' : log > Math.log(RATIO_WARNS_AT) ? 'hardly adds up'
    : 'arms are counted as they were drawn',
  meters: [{...suspicion('Lost or doubled', log, RATIO_AT), warnAt: Math.log(RATIO_WARNS_AT) / Math.log(RATIO_AT)}]});

const suspicion = (label, log, most) => evidenceMeter({id: `watch ${label}`, label, log, most: Math.log(most)});

function origins(cap, top) {
  return {
    value: cap === 'off' ? null : `${count(cap)} conversions of each count per day`,
    facts: !top || top.origins === 0 ? [] : [`Chance to be best without the ${top.origins === 1 ? 'origin that reports'
      : `${count(top.origins)} origins that report`} most: ${Object.entries(top.best).sort(([, a], [, b]) => b - a)
      .slice(0, 3).map(([arm, best]) => `${arm} ${chance(best)}`).join(', ')}.`],
  };
}

/** What happens to a unit whose arm is paused. */
export const movedOn = (experiment) => `${experiment.sticky === 'none' ? 'Nobody is shown it any more.'
  : `${capital(units(experiment))} who had it are given another arm the next time; nobody new is shown it.`} Every ${
  unit(experiment)} counted stays counted.`;
