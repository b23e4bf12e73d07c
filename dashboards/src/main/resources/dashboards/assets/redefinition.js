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
export const locksOf = ({state}) => (state === 'ended' ? {} : {
  key: 'The key never changes: your pages know the experiment by it.',
  ...(state === 'draft' ? {} : Object.fromEntries(FIXED.map((path) => [path, STARTED]))),
});

/** The definition of an experiment as this form would send it. */
export const written = (experiment) => definition(draftOf(experiment)).definition;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The fields in which two definitions differ, with the values of the second; what it no longer has is null. */
export const differences = (before, after) => Object.fromEntries([...new Set([...Object.keys(before),
  ...Object.keys(after)])].filter((name) => !same(before[name], after[name])).map((name) => [name, after[name] ?? null]));

/** The change that takes another one back; null where arms were added to what was started, since these stay. */
export function undoing(before, after, change) {
  if (before.state !== 'draft' && after.arms.length > before.arms.length) return null;
  const back = differences(written(after), written(before));
  return Object.fromEntries(Object.keys(change).filter((name) => name in back)
    .map((name) => [name, name === 'prior' ? readAnew(back.prior, after.prior) : back[name]]));
}

/** A prior that is to follow another one: what the server has read from an experiment it takes back unchanged, or not. */
function readAnew(prior, {experiment, arms}) {
  return !prior?.experiment || (prior.experiment === experiment && same(prior.arms, arms)) ? prior
    : {...prior, arms: undefined};
}

const NAMES = {
  name: 'the title', unit: 'what is assigned', sticky: 'who keeps an arm', arms: 'the arms', objective: 'the goal',
  policy: 'how traffic moves', prior: 'the starting point', floor: 'what every arm keeps',
  ceiling: 'what no arm gets more than', controlFloor: 'what the control keeps', newArmCeiling: 'what a new arm gets',
  warmUp: 'the warm-up', holdout: 'the holdout', epochs: 'good and bad days', halfLife: 'the half-life',
  segments: 'the segments', guardrails: 'the guardrails',
};

/** Fields in words: the title and the floor. */
export const named = (fields) => enumerated(fields.map((field) => NAMES[field] ?? field));

/** What stands in the form and is no part of the definition. */
const BESIDE = ['traffic', 'effect'];

/** The fields of the definition in which something was typed since the draft was this one, sound or not. */
export const typedSince = (before, draft) => Object.keys({
  ...differences(before, draft), ...differences(definition(before).definition, definition(draft).definition),
}).filter((field) => !BESIDE.includes(field));

/**
 * A draft for the experiment as others have made it meanwhile.
 *
 * @param draft  what stands in the form
 * @param base   the draft that it was made of
 * @param theirs the draft of the experiment as it is now
 * @param mine   the fields that were changed in the form: they stay, but for arms, which are put together one by one
 */
export const rebased = (draft, base, theirs, mine) => ({
  ...Object.fromEntries(Object.entries({...draft, ...theirs})
    .map(([name, value]) => [name, mine.includes(name) || BESIDE.includes(name) ? draft[name] : value])),
  arms: armsRebased(draft.arms, base.arms, theirs.arms, mine.includes('policy')),
});

/** The arms that there are now, with what was typed of them here, and those that were added here. */
function armsRebased(mine, base, theirs, shares) {
  const by = (arms, key) => arms.find((arm) => arm.key === key);
  const kept = theirs.filter(({key}) => by(mine, key) || !by(base, key)).map((arm) => {
    const here = by(mine, arm.key);
    const before = by(base, arm.key);
    if (!here || !before) return arm;
    const typed = (name) => (here[name] === before[name] ? arm[name] : here[name]);
    return {...arm, control: typed('control'), payload: typed('payload'), share: shares ? here.share : arm.share};
  });
  return [...kept, ...mine.filter(({key}) => !by(theirs, key) && !by(base, key))];
}

/**
 * What others have done meanwhile to an experiment, in words.
 *
 * @param mine fields that were changed here as well
 */
export function meanwhile(before, after, mine) {
  const others = Object.keys(differences(written(before), written(after)));
  const both = others.filter((field) => mine.includes(field));
  const elsewhere = both.filter((field) => field !== 'arms');
  return [
    `Somebody else has ${others.length > 0 ? `changed ${named(others)}` : 'been here'} meanwhile (revision ${
      after.revision}).`,
    ...moved(before, after),
    ...(both.includes('arms') ? ['You have changed the arms as well: what you typed stands in the form, beside theirs.']
      : []),
    ...(elsewhere.length > 0 ? [`You have changed ${named(elsewhere)} as well: yours stands in the form and would replace `
      + `theirs, which is now ${elsewhere.map((field) => JSON.stringify(written(after)[field] ?? null)).join('; ')}. `
      + 'Undo all shows theirs.'] : []),
    `${both.length === 0 ? 'What you typed is kept. ' : ''}Look once more before you save.`,
  ].join(' ');
}

/** What became of its arms and of the experiment itself, which this form leaves as it is. */
const moved = (before, after) => [
  ...after.arms.filter(({key, status}) => before.arms.some((arm) => arm.key === key && arm.status !== status))
    .map(({key, status}) => `Arm ${key} ${status === 'paused' ? 'was paused, and stays so' : 'is served again'}.`),
  ...(before.state !== after.state ? [`The experiment is ${after.state} now.`] : []),
];

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
