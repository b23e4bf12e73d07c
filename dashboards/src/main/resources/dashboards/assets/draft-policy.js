import {json} from './forms.js';
import {number, part, percent, text} from './draft-values.js';

/** The policy and the prior of a draft, to and from their JSON. Pure functions. */

/** The JSON of the policy. */
export function policyOf({policy, arms}) {
  const {kind} = policy;
  switch (kind) {
    case 'top-two':
      return {kind, beta: part(policy.beta)};
    case 'epsilon-greedy':
      return {kind, epsilon: part(policy.epsilon), least: part(policy.least), halving: number(policy.halving)};
    case 'softmax':
      return {kind, temperature: number(policy.temperature)};
    case 'kl-ucb':
      return {kind, c: number(policy.c)};
    case 'fixed':
      return {kind, shares: Object.fromEntries(arms.map(({key, share}) => [key.trim(), part(share)]))};
    default:
      return {kind};
  }
}

/** The policy as it is typed; a share of a fixed split stands at its arm. */
export const policyTyped = ({kind, beta, epsilon, least, halving, temperature, c}) => ({
  kind, beta: percent(beta), epsilon: percent(epsilon), least: percent(least), halving: plain(halving),
  temperature: plain(temperature), c: plain(c),
});

/** The JSON of the prior; counts that the server read from another experiment stay as they are. */
export function priorOf({kind, cv, experiment, counts, discount, exposuresMax}) {
  if (kind === 'informative') return {kind, cv: part(cv)};
  if (kind !== 'warm-start') return {kind};
  return {kind, experiment: text(experiment), arms: json('prior.arms', counts?.trim() ?? '', undefined),
    discount: part(discount), exposuresMax: number(exposuresMax)};
}

/** The prior as it is typed; `read` is what the server has read from another experiment, as {experiment, counts}. */
export function priorTyped({kind, cv, experiment, arms, discount, exposuresMax}) {
  const counts = arms ? JSON.stringify(arms, null, 2) : '';
  return {kind, cv: percent(cv), experiment: experiment ?? '', counts, discount: percent(discount),
    exposuresMax: plain(exposuresMax), ...(experiment && counts && {read: {experiment, counts}})};
}

/** The same without what was read: for another experiment it is read anew. */
export const priorUnread = ({read, counts, ...prior}) => ({...prior, counts: counts === read?.counts ? '' : counts});

/** The same after another experiment was named: what was read stands beside the one that it was read from alone. */
export function priorNamed(prior) {
  const {read, counts, experiment} = prior;
  if (!read || !['', read.counts].includes(counts)) return prior;
  return {...prior, counts: ['', read.experiment].includes(experiment.trim()) ? read.counts : ''};
}

/** A number as it is typed. */
export const plain = (value) => (value === undefined || value === null ? '' : String(value));
