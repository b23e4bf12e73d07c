import {policyTyped, plain, priorTyped, priorUnread} from './draft-policy.js';
import {GUESSED} from './draft-traffic.js';
import {percent, timeTyped} from './draft-values.js';

/** The draft of an experiment that there is: its definition as it would have been typed. A pure function. */
export function draftOf(experiment) {
  const {objective, policy, segments} = experiment;
  return {
    key: experiment.key, name: experiment.name ?? '', unit: experiment.unit, sticky: experiment.sticky,
    arms: experiment.arms.map(({key, control, payload, status}) => ({
      key, control: Boolean(control), status, there: true, share: percent(policy.shares?.[key]),
      payload: payload && Object.keys(payload).length > 0 ? JSON.stringify(payload, null, 2) : '',
    })),
    objective: objectiveTyped(objective),
    policy: policyTyped(policy),
    prior: priorTyped(experiment.prior),
    floor: percent(experiment.floor), ceiling: percent(experiment.ceiling),
    controlFloor: percent(experiment.controlFloor), newArmCeiling: percent(experiment.newArmCeiling),
    warmUp: plain(experiment.warmUp), holdout: percent(experiment.holdout), epochs: experiment.epochs,
    halfLife: timeTyped(experiment.halfLife),
    segments: {attribute: segments?.attribute ?? '', values: segments?.values.join(', ') ?? ''},
    guardrails: guardrailsTyped(experiment.guardrails, objective),
    traffic: GUESSED, effect: '10',
  };
}

/** The draft of a new experiment with the settings of another one. */
export function templateOf(experiment) {
  const draft = draftOf(experiment);
  return {...draft, key: '', name: '', prior: priorUnread(draft.prior),
    arms: draft.arms.map(({there, ...arm}) => ({...arm, status: 'live'}))};
}

const rateTyped = (baseline, kind) => (kind === 'count' ? plain(baseline) : percent(baseline));

function objectiveTyped({metric, kind, window, delay, currency, baseline, cap, attribution = {}}) {
  const {touch, orders, grace, crossExperiment, rates = {}} = attribution;
  return {
    metric, kind, window: timeTyped(window), delay: timeTyped(delay), currency: currency ?? '',
    baseline: rateTyped(baseline, kind), cap: cap ?? '',
    attribution: {touch: touch ?? 'token', orders: orders ?? 'every', grace: timeTyped(grace),
      crossExperiment: Boolean(crossExperiment),
      rates: Object.entries(rates).map(([foreign, worth]) => `${foreign}: ${worth}`).join('\n')},
  };
}

function guardrailsTyped({harm, metrics, budget, strict, ramp, feed, ratio, originCap}, {kind}) {
  const on = harm !== 'off';
  return {
    harm: {on, margin: percent(on ? harm.margin : 0.05), alpha: percent(on ? harm.alpha : 0.05),
      window: timeTyped(on ? harm.window : 'PT24H'), form: on ? harm.form : 'finite'},
    metrics: metrics.map((each) => ({...each, margin: percent(each.margin)})),
    budget: budgetTyped(budget, kind),
    strict: percent(strict),
    ramp: Array.isArray(ramp) ? {kind: 'own', stages: ramp.map((stage) => ({share: percent(stage.share),
      hold: timeTyped(stage.hold), conversions: plain(stage.conversions)}))} : {kind: ramp, stages: []},
    feed, ratio, originCap: originCap === 'off' ? '' : plain(originCap),
  };
}

function budgetTyped(budget, kind) {
  if (typeof budget === 'string') return {kind: budget};
  const money = kind === 'revenue' || budget.amount !== undefined || budget.worth !== undefined;
  return {kind: money ? 'money' : 'conversions', total: plain(money ? budget.amount : budget.conversions),
    daily: plain(budget.daily), worth: plain(budget.worth), certainty: percent(budget.certainty)};
}
