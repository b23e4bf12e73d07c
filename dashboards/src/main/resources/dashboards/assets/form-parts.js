import {html, nothing} from 'lit';
import {at} from './draft-values.js';
import {capital} from './format.js';
import {areaField, choiceField, flagField, lineField} from './forms.js';

/**
 * Parts of the form for an experiment. A form is {draft, wrong(id), locked(id), inside(ids), labels}: what stands in it,
 * what is wrong with a field, why one cannot be changed, whether anything is wrong in some, and a map of the fields that
 * are shown to their labels, which is filled as they are made. A field is named by its path in the draft.
 */

const field = (form, id, label, hint, more) => {
  const locked = form.locked(id);
  form.labels.set(id, label);
  return {id, label, hint: locked || hint, wrong: form.wrong(id), disabled: Boolean(locked),
    value: at(form.draft, id) ?? '', ...more};
};

/** A field of one line. */
export const line = (form, id, label, hint, more) => lineField(field(form, id, label, hint, more));

/** A number. */
export const amount = (form, id, label, hint, more) =>
  lineField(field(form, id, label, hint, {inputmode: 'decimal', ...more}));

/** A field of several lines. */
export const area = (form, id, label, hint, rows = 3) => areaField(field(form, id, label, hint, {rows}));

/** A choice among [value, name]. */
export const choice = (form, id, label, hint, choices) => choiceField(field(form, id, label, hint, {choices}));

/** A yes or no. */
export const flag = (form, id, label, hint) => flagField(field(form, id, label, hint));

/** A part of the form with its heading. */
export const fieldset = (name, explains, content) => html`<fieldset>
  <legend>${name}</legend>${explains ? html`<p class="aside">${explains}</p>` : nothing}${content}</fieldset>`;

/** What few people need, folded away; open where something in it is wrong. */
export const folded = (form, name, paths, content) => html`<details ?open=${form.inside(paths) || nothing}>
  <summary>${name}</summary><div class="folded">${content}</div></details>`;

/** What is wrong with something that has no field of its own, and is called by this name. */
export function wrongOf(form, id, name) {
  form.labels.set(id, name);
  return form.wrong(id) ? html`<p class="wrong" role="alert" id=${id}>${capital(form.wrong(id))}</p>` : nothing;
}

/** A button that changes the list at a path; `name` says what it is about to whoever hears it. */
export const listButton = (change, path, place, words, name, disabled = false) => html`<button class="plain"
  type="button" data-change=${change} data-path=${path} data-place=${place} aria-label=${name}
  ?disabled=${disabled}>${words}</button>`;
