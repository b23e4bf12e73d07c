import {html, nothing} from 'lit';
import {amount, choice, fieldset, flag, folded, line, listButton, wrongOf} from './form-parts.js';

const BUDGETS = [
  ['default', 'The usual: 1% of four weeks'],
  ['conversions', 'So many conversions'],
  ['money', 'So much money'],
  ['off', 'No limit'],
];

const RAMPS = [['none', 'All at once'], ['cautious', 'Cautious: 5%, 20%, 50%, then all'], ['own', 'My own steps']];

const FOLDED = ['guardrails.harm.alpha', 'guardrails.harm.window', 'guardrails.harm.form', 'guardrails.metrics',
  'guardrails.strict', 'guardrails.originCap'];

/** What may take traffic away from arms. */
export function guardrailsPart(form) {
  const {harm, budget, ramp} = form.draft.guardrails;
  return fieldset('Guardrails', 'What keeps a bad idea from costing much while nobody looks.', html`
    ${flag(form, 'guardrails.harm.on', 'Pause an arm that is shown to earn less than the control',
      'Checked after every conversion; luck alone does not pause an arm.')}
    <div class="side">
      ${harm.on ? amount(form, 'guardrails.harm.margin', 'Tolerated loss, in percent', 'Less than this below the control '
        + 'is nothing to pause an arm for.') : nothing}
      ${choice(form, 'guardrails.budget.kind', 'Exploring may cost', 'What trying other arms may lose against control '
        + 'for everybody. When it is spent, control gets the traffic.', budgets(form))}
      ${own(form, budget)}
      ${choice(form, 'guardrails.ramp.kind', 'New arms get their traffic', 'In steps, each only if nothing looks wrong.',
        RAMPS)}
    </div>
    ${ramp.kind === 'own' ? stages(form, ramp.stages) : nothing}
    ${folded(form, 'More guardrails', FOLDED, html`
      ${harm.on ? html`<div class="side">
        ${choice(form, 'guardrails.harm.form', 'How long it runs', 'One that goes on for ever is watched for things that '
          + 'change later.', [['finite', 'To an end'], ['always-on', 'For ever']])}
        ${amount(form, 'guardrails.harm.alpha', 'Chance of a false alarm, in percent', 'Over the whole experiment.')}
        ${line(form, 'guardrails.harm.window', 'First look after', 'At what visitors have done by then: 24 hours.')}
      </div>${metrics(form)}` : nothing}
      <div class="side">
        ${amount(form, 'guardrails.strict', 'Strict mode: at most, in percent', 'Arms are held back until they have '
          + 'proven to lose no more than this. Slow; empty is off.')}
        ${amount(form, 'guardrails.originCap', 'Conversions per origin and day', 'More from one address or account weigh '
          + 'nothing. Empty: no limit.')}
      </div>
      ${flag(form, 'guardrails.feed', 'Freeze when conversions stop arriving', 'Or come in far too often.')}
      ${flag(form, 'guardrails.ratio', 'Freeze when arms are not shown as they were drawn', 'A sign of a broken page.')}
    `)}`);
}

const budgets = (form) => (form.draft.objective.kind === 'revenue'
  ? BUDGETS.filter(([kind]) => kind !== 'conversions') : BUDGETS);

function own(form, {kind}) {
  if (kind !== 'money' && kind !== 'conversions') return nothing;
  return html`${amount(form, 'guardrails.budget.total', `In all, in ${kind}`,
    'Empty: 1% of what four weeks earn.')}
    ${amount(form, 'guardrails.budget.daily', `On one day, in ${kind}`, 'Empty: no limit for a day.')}
    ${kind === 'money' && form.draft.objective.kind !== 'revenue' ? amount(form, 'guardrails.budget.worth',
      'Worth of a conversion', 'To turn conversions into money.') : nothing}
    ${amount(form, 'guardrails.budget.certainty', 'How surely, in percent', 'Usually 95. 50 holds the expected loss.')}`;
}

const stages = (form, all) => html`<ol class="rows" aria-label="Steps">${all.map((stage, place) => {
  const id = (name) => `guardrails.ramp.stages[${place}].${name}`;
  return html`<li><div class="side">
    ${amount(form, id('share'), `Step ${place + 1}: at most, in percent`, 'All arms but the control together.')}
    ${line(form, id('hold'), 'For at least', '1 hour, 1 day')}
    ${amount(form, id('conversions'), 'And control conversions', 'Empty: none.')}</div>
    <div class="choices">${listButton('remove', 'guardrails.ramp.stages', place, 'Remove', `Remove step ${place + 1}`)}
    </div></li>`;
})}</ol><div class="choices">${listButton('add', 'guardrails.ramp.stages', all.length, 'Add a step', 'Add a step')}</div>`;

const metrics = (form) => html`<h3>Other metrics that must not suffer</h3>${wrongOf(form, 'guardrails.metrics', 'Other metrics')}
  <ol class="rows" aria-label="Guarded metrics">${form.draft.guardrails.metrics.map((each, place) => {
    const path = `guardrails.metrics[${place}]`;
    return html`<li><div class="side">
      ${line(form, `${path}.metric`, `Metric ${place + 1}`, 'Such as refund or signup.')}
      ${choice(form, `${path}.direction`, 'Better is', '', [['lower', 'lower, as for refunds'],
        ['higher', 'higher, as for sign-ups']])}
      ${amount(form, `${path}.margin`, 'Tolerated change, in percent', '')}</div>
      <div class="choices">${listButton('remove', 'guardrails.metrics', place, 'Remove',
        `Remove ${each.metric || `metric ${place + 1}`}`)}</div></li>`;
  })}</ol>
  <div class="choices">${listButton('add', 'guardrails.metrics', form.draft.guardrails.metrics.length, 'Add a metric',
    'Add a metric')}</div>`;
