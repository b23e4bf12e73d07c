import {count, money, percent, period} from './format.js';
import {learns, policy, policyMeaning} from './policies.js';
import {meanings, units} from './words.js';

/** The rules that an experiment runs by, in words. Pure functions over its definition. */

/** What is said of a definition: facts {name, value, meaning}; a rule that changes nothing is left out. */
export const rules = (experiment) => [
  {name: 'Traffic moves by', value: policy(experiment), meaning: policyMeaning(experiment)},
  {name: 'Starting point', ...prior(experiment)},
  ...limits(experiment),
  ...drift(experiment),
  ...scope(experiment),
  ...(experiment.state === 'draft' ? guards(experiment) : []),
];

/** What will keep it from doing harm; once it was started, how far that is from acting is shown instead. */
function guards({guardrails: {harm, budget, strict, ramp}, objective}) {
  return [
    harm !== 'off' && {name: 'Pauses arms that lose', value: `more than ${percent(harm.margin)}`,
      meaning: 'An arm that is shown to earn less than the control by more than this is paused by itself.'},
    {name: 'Exploring may cost', value: cost(budget, objective), meaning: 'What trying other arms may lose against showing '
      + 'the control to everybody. When it is spent, the control gets the traffic.'},
    ramp !== 'none' && {name: 'New arms get their traffic', value: steps(ramp),
      meaning: 'The other arms may have so much together at first, and more only if nothing looks wrong.'},
    strict !== undefined && {name: 'Proof of safety', value: `at most ${percent(strict)} lost`,
      meaning: 'Arms are held back until they have proven to lose no more than this.'},
  ].filter(Boolean);
}

function cost(budget, {kind, currency}) {
  if (budget === 'off') return 'no limit';
  if (budget === 'default') return '1% of what four weeks earn';
  const amount = (value) => (kind === 'revenue' || budget.worth !== undefined ? money(value, currency)
    : `${count(Number(value))} conversions`);
  return [budget.amount ?? budget.conversions, budget.daily].map((value, place) => (value === undefined ? ''
    : `${amount(value)}${place === 0 ? '' : ' a day'}`)).filter(Boolean).join(', ') || '1% of what four weeks earn';
}

const steps = (ramp) => (ramp === 'cautious' ? 'in steps: 5%, 20%, 50%, then all'
  : `in steps: ${[...ramp.map(({share}) => percent(share)), 'then all'].join(', ')}`);

function prior(experiment) {
  const {prior: each, objective} = experiment;
  const expected = expectation(experiment);
  switch (each.kind) {
    case 'informative': {
      const spread = percent(each.cv ?? 0.3);
      return {
        value: `a guess: ${expected}, arms within about ${spread} of it`,
        meaning: `Until anything is known, every arm is taken to be near the same (${expected}), most of them within `
          + `about ${spread} of it. Larger differences take more evidence, so early luck moves less traffic.`,
      };
    }
    case 'warm-start':
      return {
        value: each.experiment ? `what ${each.experiment} found` : 'earlier results',
        meaning: `What these arms earned before (${histories(each)}) counts at ${percent(each.discount ?? 0.5)}, `
          + `per arm for at most ${count(each.exposuresMax ?? 1000)} ${units(experiment)}. Counts are those of when `
          + 'the experiment was defined.',
      };
    default:
      return {
        value: `a guess: ${expected}`,
        meaning: `Until anything is known, every arm is taken to be the same (${expected}), with the weight of a `
          + `single conversion: real “${objective.metric}” conversions soon outweigh it.`,
      };
  }
}

const expectation = ({objective: {kind, baseline}, unit}) => {
  if (!Number.isFinite(baseline)) return 'the usual rate';
  return kind === 'count' ? `${baseline} per ${unit}` : `${percent(baseline)} convert`;
};

const histories = ({arms = {}}) => Object.entries(arms)
  .map(([arm, {exposures, conversions}]) => `${arm}: ${count(conversions)} of ${count(exposures)}`)
  .join('; ') || 'no counts';

function limits(experiment) {
  const {floor, controlFloor, ceiling, newArmCeiling, warmUp} = experiment;
  const say = meanings(experiment);
  return [
    floor > 0 && {name: 'Every arm keeps', value: percent(floor), meaning: say.floor},
    controlFloor > (floor ?? 0) && {name: 'The control keeps', value: percent(controlFloor), meaning: say.controlFloor},
    ceiling < 1 && {name: 'No arm gets more than', value: percent(ceiling), meaning: say.ceiling},
    newArmCeiling < 1 && learns(experiment)
      && {name: 'A new arm gets at most', value: percent(newArmCeiling), meaning: say.newArmCeiling},
    warmUp > 0 && learns(experiment)
      && {name: 'Warm-up', value: `${count(warmUp)} ${units(experiment)} per arm`, meaning: say.warmUp},
    experiment.holdout > 0 && {name: 'Held out', value: percent(experiment.holdout), meaning: say.holdout},
  ].filter(Boolean);
}

function drift(experiment) {
  const say = meanings(experiment);
  return [
    {name: 'Good and bad days', value: experiment.epochs ? 'evened out' : 'taken as they come', meaning: say.epochs},
    {name: 'Half-life', value: experiment.halfLife ? period(experiment.halfLife) : 'none, nothing is forgotten',
      meaning: say.halfLife},
  ];
}

function scope({objective, segments, unit}) {
  return [
    objective.cap && {name: `Most that one ${unit} counts for`, value: money(objective.cap, objective.currency),
      meaning: 'Orders beyond it are counted as this much, so that one very large order does not decide. What was '
        + 'earned is shown in full.'},
    segments && {name: 'Learns separately', value: `by ${segments.attribute}: ${segments.values.join(', ')}`,
      meaning: `Taken from “${segments.attribute}” in the context of each request. Everybody else is learned from `
        + 'together.'},
  ].filter(Boolean);
}
