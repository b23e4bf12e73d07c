import {definition} from './draft.js';
import {draftOf} from './draft-of.js';
import {enumerated} from './format.js';
import {units} from './words.js';

/** What somebody changes of an experiment that there is, and what the others have. Pure functions. */

const STARTED = 'Cannot change once the experiment was started: what was counted before would mean something else.';

const FIXED = ['unit', 'sticky', 'segments.attribute', 'segments.values', 'objective.metric', 'objective.kind',
  'objective.window', 'objective.currency', 'objective.cap', 'objective.attribution.orders', 'arms.control',
  'arms.removed'];

/** Why fields cannot be changed, by path. */
export const locksOf = ({state}) => ({
  key: 'The key never changes: your pages know the experiment by it.',
  ...(state === 'draft' ? {} : Object.fromEntries(FIXED.map((path) => [path, STARTED]))),
});

/** The definition of an experiment as this form would send it. */
export const written = (experiment) => definition(draftOf(experiment)).definition;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The fields in which two definitions differ, with the values of the second; what it no longer has is null. */
export const differences = (before, after) => Object.fromEntries([...new Set([...Object.keys(before),
  ...Object.keys(after)])].filter((name) => !same(before[name], after[name])).map((name) => [name, after[name] ?? null]));

const NAMES = {
  name: 'the title', unit: 'what is assigned', sticky: 'who keeps an arm', arms: 'the arms', objective: 'the goal',
  policy: 'how traffic moves', prior: 'the starting point', floor: 'what every arm keeps',
  ceiling: 'what no arm gets more than', controlFloor: 'what the control keeps', newArmCeiling: 'what a new arm gets',
  warmUp: 'the warm-up', holdout: 'the holdout', epochs: 'good and bad days', halfLife: 'the half-life',
  segments: 'the segments', guardrails: 'the guardrails',
};

/** Fields in words: the title and the floor. */
export const named = (fields) => enumerated(fields.map((field) => NAMES[field] ?? field));

/** A draft with the fields of another one, except these. */
export const rebased = (draft, theirs, mine) => Object.fromEntries(Object.entries({...draft, ...theirs})
  .map(([name, value]) => [name, mine.includes(name) || name === 'traffic' || name === 'effect' ? draft[name] : value]));

/** What a change will do, in sentences. */
export function consequences(experiment, change) {
  const many = units(experiment);
  if (experiment.state === 'draft') return ['It is a draft: nobody is served by it yet.'];
  if (experiment.state === 'ended') return ['The experiment is over: nobody is served by it any more.'];
  const touched = Object.keys(change);
  const any = (...names) => names.some((name) => touched.includes(name));
  return [
    ...arms(experiment, change.arms, many),
    ...(any('policy', 'prior', 'objective', 'floor', 'ceiling', 'controlFloor', 'newArmCeiling', 'warmUp', 'epochs',
      'halfLife', 'guardrails', 'arms')
      ? [`Shares are worked out anew at once, from everything counted so far. ${
        experiment.sticky === 'none' ? '' : `Known ${many} keep their arm; only new ones are drawn from the new shares.`}`]
      : []),
    ...(any('holdout') ? [`From now on another part of the new ${many} is held out. Reports compare what was held out `
      + 'before and after as one; the change is in the audit log.'] : []),
    ...(any('guardrails') ? ['If what the test for harm looks at has changed, its evidence begins anew.'] : []),
    ...(touched.length === 1 && any('name') ? ['Only the title changes.'] : []),
  ].map((each) => each.trim());
}

function arms(experiment, after, many) {
  if (!after) return [];
  const before = new Map(experiment.arms.map((arm) => [arm.key, arm]));
  const added = after.filter(({key}) => !before.has(key)).map(({key}) => key);
  const dressed = after.filter(({key, payload}) => before.has(key)
    && !same(before.get(key).payload ?? {}, payload ?? {})).map(({key}) => key);
  return [
    ...(added.length > 0 ? [`${enumerated(added)} will be shown to new ${many}, at first to no more than a new arm may `
      + 'get.'] : []),
    ...(dressed.length > 0 ? [`Everybody who has ${enumerated(dressed)} gets the new payload at once. What was counted `
      + 'before stays: if it looks different now, add another arm instead.'] : []),
  ];
}
