import {html, nothing} from 'lit';
import {amount, choice, fieldset, folded, line} from './form-parts.js';
import {learns} from './policies.js';

const POLICIES = [
  ['thompson', 'Adaptive (Thompson sampling)'],
  ['top-two', 'To find the winner (top-two)'],
  ['epsilon-greedy', 'Best arm, the rest now and then (epsilon-greedy)'],
  ['softmax', 'By estimate (softmax)'],
  ['bayes-ucb', 'Most promising arm (Bayes-UCB)'],
  ['kl-ucb', 'Most promising arm (KL-UCB)'],
  ['uniform', 'Even split, nothing moves (A/B test)'],
  ['fixed', 'Fixed shares, nothing moves'],
];

const SAYS = {
  thompson: 'Each arm is shown as often as it is likely to be the best. Right for most.',
  'top-two': 'Knows the winner sooner, and earns less until then.',
  'epsilon-greedy': 'Most traffic to what looks best; a part is spread evenly.',
  softmax: 'The higher its estimate, the more an arm is shown.',
  'bayes-ucb': 'Shows the arm that could turn out best; the others as little as allowed.',
  'kl-ucb': 'As before, for conversions only.',
  uniform: 'A classic A/B test: learns, and earns no more than an even split.',
  fixed: 'Each arm keeps the share that is written at it.',
};

const FOLDED = ['ceiling', 'controlFloor', 'newArmCeiling', 'warmUp', 'unit', 'sticky'];

/** How traffic is divided, and what the policy may not do. */
export const trafficPart = (form) => fieldset('Traffic', 'How visitors are divided between the arms.', html`
  <div class="side">
    ${choice(form, 'policy.kind', 'Traffic moves by', SAYS[form.draft.policy.kind], POLICIES)}
    ${parameters(form)}
    ${amount(form, 'floor', 'Every arm keeps, in percent', 'So that each goes on being tried. What nobody is shown, '
      + 'nobody learns about.')}
    ${amount(form, 'holdout', 'Held out, in percent', 'These visitors always get the control and are never learned from: '
      + 'they show what the whole experiment earns.')}
  </div>
  ${folded(form, 'Limits and who is a visitor', FOLDED, html`<div class="side">
    ${amount(form, 'controlFloor', 'The control keeps, in percent', 'Empty: 5 without a holdout, else nothing more than '
      + 'every arm.')}
    ${amount(form, 'ceiling', 'No arm gets more than, in percent', '100: no limit.')}
    ${learns(form.draft) ? html`
      ${amount(form, 'newArmCeiling', 'A new arm gets at most, in percent', 'One that joins later, until about 200 '
        + 'visitors have seen it.')}
      ${amount(form, 'warmUp', 'Warm-up, visitors per arm', 'Until then all share equally.')}` : nothing}
    ${line(form, 'unit', 'What is assigned', 'In your words: visitor, account.')}
    ${choice(form, 'sticky', 'Somebody who comes back', 'Keeping the arm is what people expect.',
      [['unit', 'keeps the arm'], ['none', 'is drawn again']])}
  </div>`)}`);

function parameters(form) {
  switch (form.draft.policy.kind) {
    case 'top-two':
      return amount(form, 'policy.beta', 'For the leader, in percent', 'The rest is for its rivals. Usually 50.');
    case 'epsilon-greedy':
      return html`${amount(form, 'policy.epsilon', 'Spread evenly, in percent', 'Usually 10.')}
        ${amount(form, 'policy.least', 'Falling to, in percent', 'Empty: it does not fall.')}
        ${amount(form, 'policy.halving', 'Halving after, visitors', 'How fast it falls.')}`;
    case 'softmax':
      return amount(form, 'policy.temperature', 'Temperature', 'The difference at which one arm gets a third of another’s '
        + 'traffic. Empty: follows the evidence.');
    case 'kl-ucb':
      return amount(form, 'policy.c', 'Extra exploration', '0 to 10; usually 0.');
    default:
      return nothing;
  }
}
