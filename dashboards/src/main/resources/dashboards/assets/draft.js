import {Wrong, json, pairs} from './forms.js';
import {at, list, number, part, text, time} from './draft-values.js';
import {policyOf, priorOf} from './draft-policy.js';
import {GUESSED} from './draft-traffic.js';

/**
 * What stands in the form for an experiment, shaped like its definition with everything as it was typed; and the
 * definition that this is. Pure functions.
 */

/** A new experiment: the defaults that the server has too, so that they can be seen. */
export const fresh = () => ({
  key: '', name: '', unit: 'visitor', sticky: 'unit',
  arms: [newArm('classic', true), newArm('variant')],
  objective: {metric: 'purchase', kind: 'conversion', window: '7 days', delay: '', currency: '', baseline: '2', cap: '',
    attribution: {touch: 'token', orders: 'every', grace: '7 days', crossExperiment: false, rates: ''}},
  policy: {kind: 'thompson', shares: {}},
  prior: {kind: 'unit-success'},
  floor: '2', ceiling: '100', controlFloor: '', newArmCeiling: '10', warmUp: '100', holdout: '5', epochs: true,
  halfLife: '', segments: {attribute: '', values: ''},
  guardrails: {harm: {on: true, margin: '5', alpha: '5', window: '24 hours', form: 'finite'}, metrics: [],
    budget: {kind: 'default'}, strict: '', ramp: {kind: 'none', stages: []}, feed: true, ratio: true, originCap: '3'},
  traffic: GUESSED, effect: '10',
});

/** An arm that is being added. */
export const newArm = (key = '', control = false) => ({key, control, payload: '', status: 'live'});

/** The definition in a draft, and what in it cannot even be sent, as {definition, errors}. */
export function definition(draft) {
  const errors = [];
  const sound = (make, otherwise) => {
    try {
      return make();
    } catch (failure) {
      if (!(failure instanceof Wrong)) throw failure;
      errors.push(...failure.errors);
      return otherwise;
    }
  };
  const said = {
    key: text(draft.key), name: text(draft.name), unit: text(draft.unit), sticky: draft.sticky,
    // Whether an arm is served is not for this form to say: the server keeps what is left out.
    arms: draft.arms.map((arm, place) => ({key: text(arm.key), control: arm.control,
      payload: sound(() => json(`arms[${place}].payload`, arm.payload.trim(), {}), {})})),
    objective: sound(() => objective(draft.objective), {}),
    policy: policyOf(draft),
    prior: sound(() => priorOf(draft.prior), {}),
    floor: part(draft.floor), ceiling: part(draft.ceiling), controlFloor: part(draft.controlFloor),
    newArmCeiling: part(draft.newArmCeiling), warmUp: number(draft.warmUp), holdout: part(draft.holdout),
    epochs: draft.epochs, halfLife: time(draft.halfLife), segments: segments(draft.segments),
    guardrails: guardrails(draft.guardrails),
  };
  return {definition: compact(said), errors};
}

/** The body of POST /v1/previews for a draft whose definition is this: without what only the server may say. */
export function previewOf(draft, each) {
  const {traffic, effect} = draft;
  const {prior} = each;
  const revenue = draft.objective.kind === 'revenue';
  return compact({
    ...each,
    key: each.key ?? 'not-named-yet',
    arms: each.arms.map((arm, place) => ({...arm, status: draft.arms[place].status})),
    prior: prior.experiment && draft.prior.counts === draft.prior.read?.counts ? {...prior, arms: undefined} : prior,
    traffic: {unitsPerDay: number(traffic.unitsPerDay), orderValue: revenue ? text(traffic.orderValue) : undefined,
      baseline: rate(traffic.baseline, draft.objective.kind)},
    effect: part(effect),
  });
}

/** A base rate as the form has it: in percent, unless conversions are counted. */
const rate = (typed, kind) => (kind === 'count' ? number(typed) : part(typed));

function objective({metric, kind, window, delay, currency, baseline, cap, attribution}) {
  const {touch, orders, grace, crossExperiment, rates} = attribution;
  return {
    metric: text(metric), kind, window: time(window), delay: time(delay), currency: text(currency)?.toUpperCase(),
    baseline: rate(baseline, kind), cap: kind === 'revenue' ? text(cap) : undefined,
    attribution: {touch, orders, grace: time(grace), crossExperiment,
      rates: pairs('objective.attribution.rates', rates, ':', 'USD: 0.92')},
  };
}

function segments({attribute, values}) {
  const each = {attribute: text(attribute), values: list(values)};
  return each.attribute || each.values.length > 0 ? each : undefined;
}

function guardrails({harm, metrics, budget, strict, ramp, feed, ratio, originCap}) {
  return {
    harm: harm.on ? {margin: part(harm.margin), alpha: part(harm.alpha), window: time(harm.window), form: harm.form}
      : 'off',
    metrics: (harm.on ? metrics : []).map((each) => ({metric: text(each.metric), direction: each.direction, margin: part(each.margin)})),
    budget: budgetOf(budget),
    strict: part(strict),
    ramp: ramp.kind === 'own' ? ramp.stages.map((stage) => ({share: part(stage.share), hold: time(stage.hold),
      conversions: number(stage.conversions)})) : ramp.kind,
    feed, ratio,
    originCap: text(originCap) === undefined ? 'off' : number(originCap),
  };
}

function budgetOf({kind, total, daily, worth, certainty}) {
  if (kind === 'default' || kind === 'off') return kind;
  const sure = part(certainty);
  return kind === 'money' ? {amount: text(total), daily: text(daily), worth: text(worth), certainty: sure}
    : {conversions: number(total), daily: number(daily), certainty: sure};
}

/** The same without what is not said, however deep. */
function compact(each) {
  if (Array.isArray(each)) return each.map(compact);
  if (each === null || typeof each !== 'object') return each;
  return Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, compact(value)]));
}

/** What somebody else may have typed into a draft before this version of the page: complete, or nothing. */
export const restored = (kept) => (kept && at(kept, 'guardrails.harm') && at(kept, 'traffic') ? kept : null);
