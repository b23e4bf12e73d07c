import {newArm} from './draft.js';
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
  return put(draft, name, type === 'checkbox' ? checked : value);
}

/** The draft after a list has one entry more, or less. */
export function listed(draft, {change, path, place}) {
  const all = at(draft, path);
  return put(draft, path, change === 'add' ? [...all, NEW[path]()]
    : all.filter((each, index) => index !== Number(place)));
}
