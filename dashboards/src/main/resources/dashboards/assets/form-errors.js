import {inPercent, timeTyped} from './draft-values.js';
import {plural} from './format.js';

/**
 * What the server says is wrong with a definition, at the fields of the form and in their words: the server speaks of
 * JSON, of parts and of ISO 8601, where people have typed names, percentages and lengths of time. Pure functions.
 */

/** Fields that stand elsewhere in the form than in the definition. */
const MOVED = [
  [/^policy$/, 'policy.kind'],
  [/^prior$/, 'prior.kind'],
  [/^prior\.arms\b.*/, 'prior.counts'],
  [/^segments$/, 'segments.attribute'],
  [/^segments\.values\b.*/, 'segments.values'],
  [/^objective\.attribution\.rates\b.*/, 'objective.attribution.rates'],
  [/^arms\[(\d+)\](\.payload\b.*)?$/, (all, place, payload) => `arms[${place}].${payload ? 'payload' : 'key'}`],
  [/^guardrails\.harm$/, 'guardrails.harm.on'],
  [/^guardrails\.budget$/, 'guardrails.budget.kind'],
  [/^guardrails\.budget\.(amount|conversions)$/, 'guardrails.budget.total'],
  [/^guardrails\.ramp$/, 'guardrails.ramp.kind'],
  [/^guardrails\.ramp\[(\d+)\]/, 'guardrails.ramp.stages[$1]'],
];

/** Fields that are typed in percent, and of which the server speaks in parts. */
const PARTS = new RegExp('^(floor|ceiling|controlFloor|newArmCeiling|holdout|effect|prior\\.(cv|discount)'
  + '|policy\\.(beta|epsilon|least)|policy\\.shares(\\..*)?'
  + '|guardrails\\.(strict|.*\\.(margin|alpha|certainty|share)))$');

const BASELINES = new Set(['objective.baseline', 'traffic.baseline']);

const ISO = /\bP(?=\d|T\d)(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?\b/g;

const WORDS = [
  [/^'.*' is not an ISO 8601 duration.*$/s, 'is no length of time, such as 7 days or 12 hours'],
  [ISO, (iso) => timeTyped(iso)],
  [/: the ISO 4217 code that values carry, as in EUR/, ': a code of three letters, such as EUR'],
  [/is not an ISO 4217 code, as in EUR/, 'is no currency: a code of three letters, such as EUR'],
  [/^is required, the key of an earlier experiment, or 'arms' with counts$/, 'is required, or counts of your own'],
  [/^are read from .*; send 'experiment' or 'arms', not both$/,
    "must be empty where an earlier experiment is named: then that one's counts are read"],
  [/^must sum to/, 'all shares together must make'],
  [/the controlFloor;/, 'what the control keeps;'],
  [/the floor;/, 'what every arm keeps;'],
  [/the ceiling;/, 'what no arm gets more than;'],
  [/^must not be above epsilon$/, 'must not be above what is spread evenly at first'],
  [/^needs 'sticky' to be 'none'/, 'needs that somebody who comes back is drawn again'],
];

/** What is only asked for the preview: it is no part of the definition. */
const ASKED = /^(traffic\.|effect$)/;

/** Whether it is the definition that is wrong. */
export const ofDefinition = ({field}) => !ASKED.test(field);

/** Whether something is merely not filled in yet. */
export const missing = ({reason}) => /^(is required|must not be empty)/.test(reason);

/** The id of the field that an error is about. */
function placeOf(field, {arms}) {
  const [, arm] = /^policy\.shares(?:\.(.*))?$/.exec(field) ?? [];
  if (field.startsWith('policy.shares')) {
    return `arms[${Math.max(0, arms.findIndex(({key}) => key.trim() === arm))}].share`;
  }
  return MOVED.reduce((place, [from, to]) => place.replace(from, to), field);
}

/** What is wrong with a field, as people would say it who filled in this form. */
function inWords({field, reason}, {objective, unit}) {
  const parts = PARTS.test(field) || (BASELINES.has(field) && objective.kind !== 'count');
  const one = unit.trim() || 'visitor';
  return WORDS.reduce((words, [from, to]) => words.replace(from, to), parts ? inPercent(reason) : reason)
    .replace(/\bunits\b/g, plural(one)).replace(/\bunit\b/g, one);
}

/**
 * What is wrong by the id of its field, the first of each.
 *
 * @param errors  as the server, or the draft, names them
 * @param told    whether one is to be told yet, by its id
 */
export function wrongsOf(errors, draft, told) {
  const wrong = new Map();
  for (const each of errors) {
    const id = placeOf(each.field, draft);
    if (!wrong.has(id) && told(id, each)) wrong.set(id, inWords(each, draft));
  }
  return wrong;
}

/** The errors that still stand when these fields were changed: those of others. A share is one of a sum. */
export function standing(errors, draft, id) {
  const of = (place) => place === id || place.startsWith(`${id}.`) || place.startsWith(`${id}[`)
    || (/\.share$/.test(id) && /\.share$/.test(place));
  return errors.filter(({field}) => !of(placeOf(field, draft)));
}
