import {newArm} from './draft.js';
import {priorNamed} from './draft-policy.js';
import {at, put} from './draft-values.js';

/** What becomes of a draft when somebody types, chooses or presses a button in its form. Pure functions. */

const NEW = {
  arms: () => newArm(),
  'guardrails.metrics': () => ({metric: '', direction: 'lower', margin: '10'}),
  'guardrails.ramp.stages': () => ({share: '', hold: '1 day', conversions: ''}),
};

/** The draft after this control has changed; the same draft if it is none of its fields. */
export function typed(draft, {name, type, value, checked}) {
  if (!name) return draft;
  if (name === 'control') {
    return {...draft, arms: draft.arms.map((arm, place) => ({...arm, control: place === Number(value)}))};
  }
  const now = type === 'checkbox' ? checked : value;
  return (at(draft, name) ?? '') === now ? draft : (AFTER[name] ?? same)(put(draft, name, now));
}

const same = (draft) => draft;

/** What else becomes of a draft when one of these was chosen. */
const AFTER = {
  // A budget in conversions cannot be asked of an experiment that counts money.
  'objective.kind': (draft) => (draft.objective.kind === 'revenue' && draft.guardrails.budget.kind === 'conversions'
    ? put(draft, 'guardrails.budget', {kind: 'default'}) : draft),
  'guardrails.ramp.kind': (draft) => (draft.guardrails.ramp.kind === 'own' && draft.guardrails.ramp.stages.length === 0
    ? put(draft, 'guardrails.ramp.stages', STEPS) : draft),
  'prior.experiment': (draft) => ({...draft, prior: priorNamed(draft.prior)}),
};

const STEPS = [{share: '10', hold: '1 day', conversions: ''}, {share: '50', hold: '1 day', conversions: ''}];

/** The draft after a list has one entry more, or less. */
export function listed(draft, {change, path, place}) {
  const all = at(draft, path);
  return put(draft, path, change === 'add' ? [...all, NEW[path]()]
    : all.filter((each, index) => index !== Number(place)));
}
