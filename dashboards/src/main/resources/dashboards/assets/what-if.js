import {earnedUnit} from './evidence.js';
import {capital, count, earning, earningDecimals, percent, relative} from './format.js';
import {unit, units} from './words.js';

/** What may be asked about instead of the policy that serves, and how answers read. Pure functions. */

const NAMES = {
  winner: 'Winner takes all',
  control: 'Control only',
  even: 'Even split',
  shares: 'Shares of my own',
  thompson: 'Adaptive (Thompson sampling)',
  'top-two': 'To find the winner (top-two)',
  'epsilon-greedy': 'Best arm, and some exploring',
  softmax: 'By estimate (softmax)',
  'bayes-ucb': 'Most promising arm (Bayes-UCB)',
  'kl-ucb': 'Most promising arm (KL-UCB)',
};

/** What a choice does, in a sentence. */
export const MEANINGS = {
  winner: 'Everybody gets the arm that looked best at the time. Nothing is explored.',
  control: 'Nobody sees anything new: what you would have earned without the experiment.',
  even: 'Every arm gets the same share all the time, as in a classic A/B test.',
  shares: 'Every arm keeps the share that you give it here.',
  thompson: 'Each arm is shown as often as it was likely to be the best one.',
  'top-two': 'The leader and its rivals share the traffic, so that the winner is known sooner.',
  'epsilon-greedy': 'The arm that looked best gets most; a part is spread evenly.',
  softmax: 'The higher the estimate of an arm was, the more it is shown.',
  'bayes-ucb': 'Traffic goes to the arm that could have been best if luck was on its side.',
  'kl-ucb': 'Traffic goes to the arm with the highest rate that its counts did not rule out.',
};

/** The numbers that a choice has, in percent: as a list of {name, label, hint, usual}. */
const NUMBERS = {
  'top-two': [{name: 'beta', label: 'Share of the leader, %', hint: '50 finds the winner soonest.', usual: 50}],
  'epsilon-greedy': [{name: 'epsilon', label: 'Explored, %', hint: 'The part that is spread evenly.', usual: 10}],
};

/** The choices for an experiment, as a list of [value, name]. */
export const choices = ({objective: {kind}}) =>
  Object.entries(NAMES).filter(([choice]) => choice !== 'kl-ucb' || kind === 'conversion');

/** What there is to fill in for a choice. */
export function numbers(choice, {arms}) {
  if (choice !== 'shares') return NUMBERS[choice] ?? [];
  const each = Math.floor(100 / arms.length);
  return arms.map(({key}, place) => ({
    name: `share-${key}`, label: `${key}, %`, usual: place === 0 ? 100 - each * (arms.length - 1) : each,
  }));
}

/** What an address says about a choice and its numbers; what it does not say is as usual. */
export function chosen(params, experiment) {
  const said = params?.get('policy');
  const choice = choices(experiment).some(([each]) => each === said) ? said : 'winner';
  return {choice, filled: Object.fromEntries(numbers(choice, experiment).map(({name, usual}) =>
    [name, params.get(name) ?? String(usual)]))};
}

/** What percentages come to together; not a number if one of them is none. */
export const total = (filled) => Object.values(filled).reduce((sum, text) => sum + number(text), 0);

/** The question as the server wants it. */
export function question({choice, filled}, {arms}) {
  switch (choice) {
    case 'winner':
      return {policy: {kind: 'epsilon-greedy', epsilon: 0}, floor: 0};
    case 'control':
      return {shares: {[arms.find(({control}) => control).key]: 1}};
    case 'even':
      return {policy: {kind: 'uniform'}, floor: 0};
    case 'shares':
      return {shares: Object.fromEntries(arms.map(({key}) => [key, parts(filled[`share-${key}`] ?? NONE)]))};
    default:
      return {policy: {kind: choice, ...Object.fromEntries(Object.entries(filled).map(([name, text]) =>
        [name, parts(text)]))}};
  }
}

/** What an arm gets that was added after the shares were given. */
export const NONE = '0';

const number = (text) => (text === '' ? NaN : Number(text));

/** A percentage as a share; without the dust of a division by 100, so that shares sum to 1. */
const parts = (text) => Number((number(text) / 100).toPrecision(12));

/** How an amount per unit reads. */
export function amounts({objective}, answer) {
  const largest = Math.max(...ESTIMATES.map(([name]) => Math.abs(answer[name]?.estimate ?? 0)));
  const decimals = earningDecimals(largest, objective);
  return (value) => earning(value, objective, decimals);
}

/** What each estimate is, the one to quote first: [field, name, meaning]. */
export const ESTIMATES = [
  ['dr', 'Best estimate', 'What was believed of each arm, corrected by what the visitors really did. The one to quote '
    + '(doubly robust).'],
  ['snips', 'From visitors alone', 'Visitors count more whose arm this policy would have served more often. It should '
    + 'lie near the best estimate; if not, trust neither much (self-normalised importance weighting).'],
  ['ips', 'The same, not evened out', 'As above, but not divided by the weights: right on average, and it swings more '
    + '(importance weighting).'],
  ['dm', 'From beliefs alone', 'What the arms were believed to earn at the time, whatever visitors did then. Nothing '
    + 'says how wrong that is, so it has no range (direct method).'],
];

/** What the numbers of an answer mean. */
export const answerMeanings = (experiment) => ({
  lift: 'More or less than was really earned: the best estimate, and the values that the true one has with 95% '
    + 'confidence. If they reach across zero, chance explains it too.',
  estimate: `What one ${unit(experiment)} would have earned under this policy, found in this way.`,
  range: 'The values that the true one has with 95% confidence. The wider, the less is known.',
  serves: `The part of all new ${units(experiment)} that would be shown this arm.`,
});

/** Whether another policy would have earned more, as {severity, text, by}: `by` is how much. */
export function conclusion(experiment, {trust, lift}) {
  if (trust === 'refused' || !lift) return {severity: 'note', text: 'Nothing can be said yet.'};
  const by = `${relative(lift.estimate)} (${relative(lift.lower)} to ${relative(lift.upper)}) per ${unit(experiment)}`;
  if (trust === 'thin') return {severity: 'warn', text: 'A hint only: ', by};
  if (lift.lower > 0) return {severity: 'good', text: 'It would have earned more: ', by};
  if (lift.upper < 0) return {severity: 'note', text: 'It would have earned less: ', by};
  return {severity: 'note', text: 'Too close to call: ', by};
}

/** How much an answer can be trusted, as facts that explain themselves. */
export function trustFacts(experiment, {units: judged, effective, maxWeight, clipped}) {
  const many = units(experiment);
  return [
    {name: `${capital(many)} judged`, value: count(judged),
      meaning: `Those whose whole time to convert is over. ${capital(many)} who are held out are not among them.`},
    {name: `Worth as many ${many}`, value: count(Math.round(effective)),
      meaning: `So many ${many} of its own would say as much about this policy. The more it differs from what was `
        + 'served, the fewer; below 200 the answer is a hint (effective sample size).'},
    {name: 'Largest weight', value: maxWeight.toFixed(1),
      meaning: `How many ${many} a single one stands for at most, because it got an arm that was rarely served and `
        + 'that this policy would have served often. Above 100 the answer is a hint.'},
    ...(clipped > 0 ? [{name: 'Left out', value: percent(clipped),
      meaning: `Nobody may stand for more than 100 ${many}; this part of the weight is left out for that.`}] : []),
  ];
}

/** The answer as a table for a file: what was asked, and what would have been earned, in the words of the page. */
export function table(experiment, answer) {
  const unitOf = earnedUnit(experiment);
  const many = units(experiment);
  const line = (what, measure, each) =>
    [what, measure, each?.estimate ?? null, each?.lower ?? null, each?.upper ?? null];
  const one = (what, measure, value) => [what, measure, value, null, null];
  return {
    columns: ['what', 'in', 'value', 'lower (95%)', 'upper (95%)'],
    rows: [
      ...policyLines(answer),
      line('Really earned', unitOf, answer.log),
      ...ESTIMATES.map(([name, title]) => line(`Would have earned: ${title.toLowerCase()}`, unitOf, answer[name])),
      line('Against what was earned', 'fraction', answer.lift),
      one(`${capital(many)} judged`, many, answer.units),
      one(`Worth as many ${many}`, many, answer.effective),
      one('Largest weight', many, answer.maxWeight),
      one('Left out', 'fraction', answer.clipped),
      ...answer.allocation.map(({arm, share}) => one(`It would serve ${arm}`, 'fraction', share)),
    ],
  };
}

/** Which policy was asked about. */
const policyLines = ({policy, shares}) => [
  ...Object.entries(policy ?? {}).map(([name, value]) => [`Asked: ${name === 'kind' ? 'policy' : name}`,
    typeof value === 'number' ? 'fraction' : null, value, null, null]),
  ...Object.entries(shares ?? {}).map(([arm, share]) => [`Asked: share of ${arm}`, 'fraction', share, null, null]),
];
