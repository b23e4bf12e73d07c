import {html, nothing} from 'lit';
import {amount, area, choice, fieldset, flag, folded, line} from './form-parts.js';

const PRIORS = [
  ['unit-success', 'The usual rate, as a guess'],
  ['informative', 'Arms differ by little'],
  ['warm-start', 'What an earlier experiment found'],
];

const FOLDED = ['prior', 'segments', 'epochs', 'halfLife'];

/** What is believed at first, and how times and kinds of visitors are told apart. */
export const learningPart = (form) => fieldset('Learning', '', folded(form, 'Starting point, days, segments', FOLDED, html`
  <div class="side">
    ${choice(form, 'prior.kind', 'Starting point', 'Until there are conversions. These soon outweigh it.', PRIORS)}
    ${prior(form)}
    ${line(form, 'halfLife', 'Half-life', 'What happened so long ago counts half; 14 days or more, for experiments that '
      + 'run for ever. Empty: nothing is forgotten.')}
  </div>
  ${form.draft.prior.kind === 'warm-start' ? area(form, 'prior.counts', 'Or counts of your own', html`JSON, such as
    <code>{"classic": {"exposures": 12000, "conversions": 300}}</code>`, 4) : nothing}
  ${flag(form, 'epochs', 'Even out good and bad days', 'A weekend or a sale lifts all arms; otherwise an arm that was shown '
    + 'mostly then would look good.')}
  <div class="side">
    ${line(form, 'segments.attribute', 'Learn separately by', 'An attribute that your pages send in the context, such as '
      + 'device. Empty: all together.')}
    ${line(form, 'segments.values', 'Its values', 'Between commas: mobile, desktop. All others are learned from together.')}
  </div>`));

function prior(form) {
  switch (form.draft.prior.kind) {
    case 'informative':
      return amount(form, 'prior.cv', 'Most arms within, in percent', 'Of the usual rate. Usually 30.');
    case 'warm-start':
      return html`${line(form, 'prior.experiment', 'Earlier experiment', 'Its key. Arms are matched by their keys.',
        {choices: form.others})}
        ${amount(form, 'prior.discount', 'It counts, in percent', 'Times change. Usually 50.')}
        ${amount(form, 'prior.exposuresMax', 'At most visitors per arm', 'Usually 1000.')}`;
    default:
      return nothing;
  }
}
