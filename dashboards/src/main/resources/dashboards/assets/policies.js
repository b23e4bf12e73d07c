import {capital, count, percent} from './format.js';
import {unit, units} from './words.js';

/** How traffic is divided, in words: each policy by a name and by what it does. */

const listed = (shares = {}) => Object.entries(shares).map(([arm, part]) => `${arm} ${percent(part)}`).join(', ');

const falling = ({epsilon, least, halving}) => Number.isFinite(halving) && least < epsilon;

/** The temperature of a softmax in the unit of the objective: of revenue an amount, else conversions. */
const difference = ({objective: {kind, currency}, policy: {temperature}}) =>
  (kind === 'revenue' ? `${temperature} ${currency}` : `${temperature} conversions`);

/** How the allocation is decided, in a few words. */
export function policy({policy: each}) {
  switch (each.kind) {
    case 'thompson':
      return 'Adaptive (Thompson sampling)';
    case 'top-two':
      return 'To find the winner (top-two)';
    case 'epsilon-greedy':
      return `Best arm, exploring ${percent(each.epsilon)}${falling(each) ? ` falling to ${percent(each.least)}` : ''}`;
    case 'softmax':
      return 'By estimate (softmax)';
    case 'bayes-ucb':
      return 'Most promising arm (Bayes-UCB)';
    case 'kl-ucb':
      return 'Most promising arm (KL-UCB)';
    case 'fixed':
      return `Fixed split (${listed(each.shares)})`;
    case 'uniform':
      return 'Even split';
    default:
      return capital(each.kind);
  }
}

/** What the policy does. */
export function policyMeaning(experiment) {
  const {policy: each} = experiment;
  switch (each.kind) {
    case 'thompson':
      return 'Each arm is shown as often as it is likely to be the best one, given what is known. '
        + 'While little is known, everything is tried; as evidence grows, traffic moves to what earns more.';
    case 'top-two':
      return `${percent(each.beta ?? 0.5)} of the traffic is divided by how likely each arm is the best; the rest `
        + 'likewise among its rivals. The winner is known sooner than with Thompson sampling, and less is earned '
        + 'until then.';
    case 'epsilon-greedy':
      return 'The arm that looks best gets most of the traffic; a part is spread evenly so that the others keep being '
        + `tried: ${percent(each.epsilon)}${falling(each) ? `, half of that after ${count(each.halving)} `
          + `${units(experiment)}, in the end ${percent(each.least)}` : ''}.`;
    case 'softmax':
      return 'The higher its estimate, the more an arm is shown. '
        + (Number.isFinite(each.temperature) ? `An arm that earns ${difference(experiment)} less per `
          + `${unit(experiment)} than another gets about a third of its traffic.`
          : 'The more is known, the more small differences count.');
    case 'bayes-ucb':
      return 'Traffic goes to the arm that could earn most if what is not known yet turned out well for it. The others '
        + 'are shown as little as the limits allow.';
    case 'kl-ucb':
      return 'Traffic goes to the arm with the highest rate that its counts do not rule out. The others are shown as '
        + 'little as the limits allow.';
    case 'fixed':
      return 'Every arm keeps the share that it was given, and nothing moves: a classic split test.';
    case 'uniform':
      return 'Every arm gets the same share and nothing moves: a classic A/B test.';
    default:
      return 'How traffic is divided between the arms.';
  }
}

/** Whether a policy learns, so that there is a warm-up before it decides. */
export const learns = ({policy: {kind}}) => kind !== 'fixed' && kind !== 'uniform';
