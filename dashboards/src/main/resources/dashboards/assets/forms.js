import {html, nothing} from 'lit';
import {live} from 'lit/directives/live.js';
import {told} from './api.js';
import {capital} from './format.js';

/** Fields of forms, each with its label, what it means and what is wrong with it; and how these words are found. */

const described = (id, hint, wrong) =>
  [wrong && `${id}-wrong`, hint && `${id}-hint`].filter(Boolean).join(' ') || nothing;

const around = ({id, label, hint, wrong}, control) => html`<div class="field">
  <label for=${id}>${label}</label>${control}
  ${wrong ? html`<p class="wrong" id="${id}-wrong">${capital(wrong)}</p>` : nothing}
  ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}</div>`;

/**
 * A field of one line: {id, label, hint, wrong, type, required, disabled, most, value, inputmode, choices}; its name is
 * its id, and `choices` are values to be offered, if there are any.
 */
export const lineField = (field) => around(field, html`<input id=${field.id} name=${field.id} autocomplete="off"
  spellcheck="false" autocapitalize="none" type=${field.type ?? 'text'} ?required=${field.required}
  ?disabled=${field.disabled} inputmode=${field.inputmode ?? nothing} maxlength=${field.most ?? nothing}
  .value=${field.value ?? ''} aria-invalid=${Boolean(field.wrong)} list=${field.choices ? `${field.id}-list` : nothing}
  aria-describedby=${described(field.id, field.hint, field.wrong)}>${field.choices ? html`<datalist
    id="${field.id}-list">${field.choices.map((value) => html`<option value=${value}></option>`)}</datalist>` : nothing}`);

/** A field of several lines: as above, and `rows`. */
export const areaField = (field) => around(field, html`<textarea id=${field.id} name=${field.id} rows=${field.rows}
  spellcheck="false" autocapitalize="none" ?required=${field.required} ?disabled=${field.disabled}
  .value=${field.value ?? ''} aria-invalid=${Boolean(field.wrong)}
  aria-describedby=${described(field.id, field.hint, field.wrong)}></textarea>`);

/**
 * A choice: as above, and `choices` as a list of [value, name]. What is chosen is asked of the browser: once somebody has
 * picked an option, its attribute says nothing any more.
 */
export const choiceField = (field) => around(field, html`<select id=${field.id} name=${field.id}
  aria-invalid=${Boolean(field.wrong)} aria-describedby=${described(field.id, field.hint, field.wrong)}
  ?disabled=${field.disabled} @change=${field.change ?? nothing}>${field.choices.map(([value, name]) =>
    html`<option value=${value} .selected=${live(value === field.value)}>${name}</option>`)}</select>`);

/** A yes or no: {id, label, hint, wrong, disabled, value}. */
export const flagField = ({id, label, hint, wrong, disabled, value}) => html`<div class="field">
  <label class="flag"><input id=${id} name=${id} type="checkbox" .checked=${Boolean(value)} ?disabled=${disabled}
    aria-invalid=${Boolean(wrong)} aria-describedby=${described(id, hint, wrong)}> ${label}</label>
  ${wrong ? html`<p class="wrong" id="${id}-wrong">${capital(wrong)}</p>` : nothing}
  ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}</div>`;

/** What stands in the fields of a form, by name, without spaces around it. */
export const values = (form) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));

/** What a form says is wrong: thrown where a field cannot even be sent. */
export class Wrong extends Error {
  constructor(field, reason) {
    super(reason);
    this.errors = [{field, reason}];
  }
}

/**
 * Why something was not done, as {fields, rest}: by the name of a field in `names` what is wrong with it, and what is
 * about none of them, after these words. What is wrong inside a field says where: options.tolerance is about options.
 */
export function wrongs({errors = [], message, doubtful}, names, words) {
  const fields = {};
  const rest = [];
  for (const {field, reason} of errors) {
    const name = names.find((each) => new RegExp(`^/?${each}([./[]|$)`).test(field));
    if (name) fields[name] = `${fields[name] ? `${fields[name]}; ` : ''}${field === name ? '' : `${field}: `}${reason}`;
    else rest.push(`${field}: ${reason}`);
  }
  const said = errors.length === 0 ? message : rest.join('; ');
  return {fields, rest: said && told({message: said, doubtful}, words)};
}

/** Nothing is wrong. */
export const NOTHING_WRONG = {fields: {}, rest: ''};

/** The text of a field as JSON; empty text is what `otherwise` says. */
export function json(field, text, otherwise) {
  if (text === '') return otherwise;
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new Wrong(field, `is not sound JSON: ${failure.message}`);
  }
}

/** Lines of two parts each, as in "Name: value", as an object; `example` says how a line should look. */
export function pairs(field, text, separator, example) {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  return Object.fromEntries(lines.map((line, place) => {
    const at = line.indexOf(separator);
    if (at < 1 || at === line.length - 1) {
      throw new Wrong(field, `line ${place + 1} should look like ${example}: ${line}`);
    }
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}

/** Puts the cursor where something is wrong first; where that is no field, to the summary of what is wrong. */
export async function showWrong(host) {
  await host.updateComplete;
  showField(host.renderRoot.querySelector('[aria-invalid="true"]') ?? host.renderRoot.querySelector('#summary'));
}

/** Puts the cursor into a field, wherever it is folded away. */
export function showField(field) {
  const folded = field?.closest('details');
  if (folded) folded.open = true;
  field?.focus();
}
