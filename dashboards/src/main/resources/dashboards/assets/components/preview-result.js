import {LitElement, css, html, nothing} from 'lit';
import {count, money, percent, plural, sentence} from '../format.js';
import {basics, heads, notices} from '../styles.js';
import './export-menu.js';
import './help-term.js';

const DIGITS = 2;

/**
 * What the settings of an experiment imply, as the server worked it out: the answer of POST /v1/previews. `needs` are the
 * fields, as [id, label], that keep it from being worked out; `of` is the key of the experiment, as far as it has one.
 *
 * @fires field-wanted   somebody wants to go to a field; the detail is its id
 */
export class PreviewResult extends LitElement {
  static properties = {
    preview: {attribute: false}, unit: {}, waiting: {type: Boolean}, problem: {}, needs: {attribute: false},
    quiet: {attribute: false}, of: {},
  };

  static styles = [basics, heads, notices, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .8rem;
    }
    .head {
      align-items: center;
      min-height: 2rem;
      margin-bottom: 0;
    }
    .parts {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .8rem;
    }
    .old {
      padding-left: .6rem;
      border-left: 3px dotted var(--line-strong);
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
      gap: .7rem 1rem;
    }
    dt {
      color: var(--text-soft);
      font-size: .82rem;
    }
    dd {
      font-size: 1.25rem;
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
    dd small {
      display: block;
      color: var(--text-soft);
      font-size: .82rem;
      font-weight: 400;
    }
    h3 {
      font-size: .95rem;
    }
    ul {
      display: grid;
      gap: .5rem;
      list-style: none;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-size: .9rem;
    }
    th, td {
      padding: .2rem .4rem;
      border-bottom: 1px solid var(--line);
      text-align: right;
      font-variant-numeric: tabular-nums;
    }
    th:first-child {
      text-align: left;
      font-weight: 400;
    }
    .link {
      padding: 0;
      border: 0;
      background: none;
      color: var(--link);
      font: inherit;
      text-decoration: underline;
      cursor: pointer;
    }
    .said {
      color: var(--text-soft);
      font-size: .9rem;
    }
  `];

  render() {
    const {preview, waiting, problem} = this;
    return html`<div class="head"><p class="said" role="status">${waiting ? 'Working it out…'
        : problem ? this.#problem() : preview ? 'Up to date.' : ''}</p>
        <export-menu of=${this.of} subject="preview" ?hidden=${!preview || waiting || problem}
          .table=${() => this.#table(preview)}></export-menu></div>
      ${preview ? html`<div class="${waiting || problem ? 'old' : ''}">${this.#found(preview)}</div>` : nothing}`;
  }

  #problem() {
    const {problem, needs} = this;
    return needs.length === 0 ? sentence(problem) : html`${problem} ${needs.map(([id, label], place) => html`${
      place ? ', ' : ''}<button class="link" type="button" @click=${() => this.#want(id)}>${label}</button>`)}.`;
  }

  #want(id) {
    this.dispatchEvent(new CustomEvent('field-wanted', {detail: id}));
  }

  /** The raw numbers, each with what it is counted in and the time it is about. */
  #table({unitsNeeded, daysNeeded, effect, detectable, holdout, loss}) {
    const many = plural(this.unit);
    const lost = loss.currency ?? 'conversions';
    const sizes = (name, list) => list.map((each) => [name, each.effect, 'fraction', each.days]);
    return {
      columns: ['what', 'amount', 'counted in', 'after (days)'],
      rows: [
        ['effect to be found', effect, 'fraction', null],
        [`${many} needed to find it`, unitsNeeded, many, daysNeeded],
        ...sizes('least effect that could be found, an arm against control', detectable),
        ...sizes('least effect that could be found, all against the holdout', holdout?.detectable ?? []),
        ...[['mean', 'on average'], ['p95', 'exceeded in 1 of 20 cases'], ['worst', `worst of ${loss.runs} runs`],
          ['even', 'on average with a fixed even split']].map(([part, words]) =>
          [`cost of an arm that earns half of control, ${words}`, loss[part], lost, loss.days])
          .filter(([, cost]) => cost !== null),
      ],
    };
  }

  #found({unitsNeeded, daysNeeded, effect, detectable, holdout, loss, learning, warnings}) {
    const shown = warnings.filter(({field}) => !this.quiet?.includes(field));
    return html`<div class="parts">
      <dl>
        <div><dt><help-term text="How many ${plural(this.unit)} it takes to tell a difference of ${percent(effect)} from luck, if
          the arms share evenly: with 80% probability, and one false alarm in twenty. A moving split earns more meanwhile
          and takes about as long to prove it.">To find ${percent(effect)}</help-term></dt>
          <dd>${count(Number(unitsNeeded.toPrecision(3)))}<small>${plural(this.unit)}</small></dd></div>
        <div><dt><help-term text="How long that takes at the traffic above.">Takes</help-term></dt>
          <dd>${days(daysNeeded)}</dd></div>
        <div><dt><help-term text="What it costs on average if one arm earns only half of what the control earns, until it is
          paused or four weeks are over. Played ${loss.runs} times with these settings.">If an arm is
          bad</help-term></dt><dd>${amount(loss, loss.mean)}<small>a fixed even split: ${amount(loss, loss.even)}</small>
          </dd></div>
        ${worst(loss)}
      </dl>
      ${shown.length > 0 ? html`<h3>Worth a second look</h3><ul aria-label="Warnings">${shown.map((each) => html`
        <li class="notice warn">${each.sentence}</li>`)}</ul>` : nothing}
      <p>${loss.inWords}</p><p>${learning.inWords}</p>
      <h3><help-term text="The least difference that would be found by then; smaller ones may be there and not be
        seen.">What could be found</help-term></h3>
      <table><thead><tr><th scope="col">After</th>${detectable.map((each) => html`<th scope="col">${each.days} days</th>`)}
        </tr></thead><tbody>
        <tr><th scope="row">An arm against control</th>${detectable.map((each) => html`<td>${least(each.effect)}</td>`)}</tr>
        ${holdout ? html`<tr><th scope="row">All against the holdout</th>${holdout.detectable.map((each) =>
          html`<td>${least(each.effect)}</td>`)}</tr>` : nothing}</tbody></table>
    </div>`;
  }
}

/** With many arms too few runs are played to say what one in twenty exceeds. */
const worst = (loss) => (loss.p95 === null
  ? html`<div><dt><help-term text="The most that it cost in any of ${loss.runs} runs with these settings.">Worst
      case</help-term></dt><dd>${amount(loss, loss.worst)}<small>worst of ${loss.runs}</small></dd></div>`
  : html`<div><dt><help-term text="One in twenty times a bad arm costs more than this before it is paused.">In 1 of
      20 cases</help-term></dt><dd>${amount(loss, loss.p95)}<small>worst of ${loss.runs}:
        ${amount(loss, loss.worst)}</small></dd></div>`);

const least = (effect) => (effect === null || effect > 10 ? 'nothing' : percent(Number(effect.toPrecision(DIGITS))));

const amount = ({currency}, value) => (currency ? money(Number(value.toPrecision(3)), currency)
  : conversions(value < 10 ? Number(value.toPrecision(DIGITS)) : Math.round(value)));

const conversions = (many) => `${count(many)} ${many === 1 ? 'conversion' : 'conversions'}`;

function days(value) {
  if (value < 1) return `${Math.max(1, Math.round(value * 24))} hours`;
  if (value > 730) return `${count(Math.round(value / 365))} years`;
  const rounded = value < 10 ? Number(value.toPrecision(DIGITS)) : Math.ceil(value);
  return `${count(rounded)} ${rounded === 1 ? 'day' : 'days'}`;
}

customElements.define('preview-result', PreviewResult);
