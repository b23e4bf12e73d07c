import {html, nothing} from 'lit';
import {amount, area, fieldset, line, listButton, wrongOf} from './form-parts.js';

/** The arms: what visitors may be shown. */
export const armsPart = (form) => fieldset('Arms', 'What visitors may be shown. One is the control: what you show today, '
  + 'with which all others are compared, and which everybody gets when the experiment rests.', html`
  ${wrongOf(form, 'arms', 'Arms')}
  <ol class="rows" aria-label="Arms">${form.draft.arms.map((arm, place) => row(form, arm, place))}</ol>
  <div class="choices">${listButton('add', 'arms', form.draft.arms.length, 'Add an arm', 'Add an arm')}</div>`);

function row(form, arm, place) {
  const path = `arms[${place}]`;
  const name = arm.key || `arm ${place + 1}`;
  const locked = form.locked('arms.control');
  const kept = arm.there && form.locked('arms.removed');
  const few = form.draft.arms.length <= 2;
  return html`<li>
    <div class="side">
      ${line(form, `${path}.key`, `Key of arm ${place + 1}`, arm.there && form.locked('arms.removed')
        ? 'Your pages know it by this key.' : 'What your pages are told, such as video. Letters, digits, dots, hyphens.',
        {disabled: Boolean(kept), required: true})}
      ${form.draft.policy.kind === 'fixed'
        ? amount(form, `${path}.share`, name === arm.key ? `Share of ${name}, in percent` : 'Share, in percent',
          'What this arm always gets. All together 100.') : nothing}
    </div>
    <label class="flag"><input type="radio" name="control" value=${place} .checked=${arm.control}
      ?disabled=${Boolean(locked)}> This is the control</label>
    ${arm.status === 'paused' ? html`<p class="hint">Paused: nobody new is shown it.</p>` : nothing}
    <details ?open=${form.inside([`${path}.payload`]) || nothing}><summary>Payload</summary>
      ${area(form, `${path}.payload`, `Payload of ${name}`, html`JSON that your pages get with this arm, such as
        <code>{"image": "v2.webp"}</code>. Empty if the key says it all.`, 4)}</details>
    <div class="choices">${listButton('remove', 'arms', place, 'Remove', `Remove ${name}`,
      Boolean(kept) || arm.control || few)}
      ${kept ? html`<span class="hint">Cannot be removed once started; pause it instead.</span>` : nothing}</div>
  </li>`;
}
