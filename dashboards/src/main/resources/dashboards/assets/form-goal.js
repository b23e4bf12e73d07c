import {html, nothing} from 'lit';
import {amount, area, choice, fieldset, flag, folded, line} from './form-parts.js';

const KINDS = [
  ['conversion', 'How many convert'],
  ['revenue', 'How much money they bring'],
  ['count', 'How often it happens'],
];

const TOUCHES = [
  ['token', 'The decision whose token comes with it'],
  ['first', 'The first arm shown'],
  ['last', 'The last arm shown before'],
];

const FOLDED = ['objective.delay', 'objective.attribution'];

/** What is optimised, and how conversions are credited. */
export function goalPart(form) {
  const {objective} = form.draft;
  const revenue = objective.kind === 'revenue';
  return fieldset('Goal', 'What counts as success. Traffic moves to the arm that has more of it.', html`
    <div class="side">
      ${line(form, 'objective.metric', 'Metric', 'The name that your conversions are sent with, such as purchase.',
        {required: true})}
      ${choice(form, 'objective.kind', 'What counts', 'Whether somebody converts at all, what the orders are worth, or '
        + 'how often.', KINDS)}
      ${line(form, 'objective.window', 'Time to convert', 'How long after being shown an arm a conversion still counts '
        + 'for it: 7 days, 12 hours.')}
      ${baseline(form, objective)}
      ${revenue ? html`${currency(form)}${cap(form)}` : nothing}
    </div>
    ${folded(form, 'When and to whom conversions count', revenue ? FOLDED : [...FOLDED, 'objective.currency'], html`
      <div class="side">
        ${line(form, 'objective.delay', 'Usual delay', 'Half of all conversions come within this time. Empty: learned '
          + 'from what comes in.')}
        ${revenue ? nothing : currency(form)}
        ${choice(form, 'objective.attribution.touch', 'Credited to', 'When somebody was shown arms several times.',
          TOUCHES)}
        ${choice(form, 'objective.attribution.orders', 'Which orders', 'Of somebody who orders again.',
          [['every', 'Every order'], ['first', 'Only the first']])}
        ${line(form, 'objective.attribution.grace', 'Grace for late news', 'How long after its time a conversion may '
          + 'still be reported.')}
      </div>
      ${flag(form, 'objective.attribution.crossExperiment', 'One conversion counts for every experiment it followed',
        'Otherwise only for the one it was reported to.')}
      ${area(form, 'objective.attribution.rates', 'Other currencies', 'What one of them is worth in yours, one per line, '
        + 'such as USD: 0.92', 2)}`)}`);
}

const baseline = (form, {kind}) => (kind === 'count'
  ? amount(form, 'objective.baseline', 'Usual count', 'How many a visitor has today. Where learning starts from.')
  : amount(form, 'objective.baseline', 'Usual rate, in percent', 'Of 100 visitors, how many convert today. Where '
    + 'learning starts from; a rough guess will do.'));

const currency = (form) => line(form, 'objective.currency', 'Currency', 'Code of three letters, such as EUR.', {most: 3});

const cap = (form) => amount(form, 'objective.cap', 'Most that one visitor counts for', 'So that one very large order '
  + 'does not decide. Reports show all money. Empty: taken from the orders of the last four weeks.');
