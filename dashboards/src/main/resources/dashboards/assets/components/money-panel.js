import {LitElement, css, html, nothing} from 'lit';
import {amount, bare, range} from '../evidence.js';
import {reward} from '../guardrails.js';
import {conversionsOf} from '../shapes.js';
import {moneyMeanings} from '../evidence-words.js';
import {NONE, signed} from '../format.js';
import {basics, heads, panels} from '../styles.js';
import './export-menu.js';
import './help-term.js';
import './meter-line.js';

const PARTS = ['estimate', 'lower', 'upper'];

/** What the experiment brought in, what moving traffic was worth, and what of the budget for exploring is used. */
export class MoneyPanel extends LitElement {
  static properties = {experiment: {attribute: false}, money: {attribute: false}, arms: {attribute: false}};

  static styles = [basics, heads, panels, css`
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
      gap: .8rem 1.5rem;
      margin-bottom: 1rem;
    }
    dt {
      color: var(--text-soft);
      font-size: .87rem;
    }
    .large {
      font-size: 1.35rem;
      font-weight: 600;
      line-height: 1.3;
    }
    .good {
      color: var(--good);
    }
    .bad {
      color: var(--bad);
    }
    .range, .paused {
      font-size: .87rem;
      color: var(--text-soft);
    }
    .paused {
      margin-top: .4rem;
    }
  `];

  render() {
    const {money} = this;
    const say = moneyMeanings(this.experiment);
    return html`<div class="head"><h2>${money.currency ? 'Money' : 'Conversions'}</h2>
        <export-menu of=${this.experiment.key} subject="money" .table=${() => this.#table()}></export-menu></div>
      <dl class="number"><div><dt><help-term .text=${say.earned}>Earned so far</help-term></dt>
          <dd class="large">${amount(money)(Number(money.earned))}</dd>${this.#drawn()}</div>
        ${this.#against('More than an even split', money.uniform, say.uniform, say.range)}
        ${this.#against('More than control for everybody', money.control, say.control, say.range)}</dl>
      ${money.budget ? this.#budget(money.budget, say) : nothing}`;
  }

  /** What those earned who are not held out, which is what other pages count; nothing where that is all. */
  #drawn() {
    const {experiment, money, arms} = this;
    const each = arms.map((arm) => Number(money.currency ? arm.raw : conversionsOf(experiment.objective, arm)));
    const drawn = each.reduce((sum, value) => sum + value, 0);
    return experiment.holdout > 0 && Number.isFinite(drawn)
      ? html`<dd class="range">${amount(money)(drawn)} without those held out</dd>` : nothing;
  }

  #against(name, gained, meaning, rangeMeaning) {
    const write = (value) => signed(value, bare(this.money));
    const sure = gained?.lower > 0 ? 'good' : gained?.upper < 0 ? 'bad' : '';
    return html`<div><dt><help-term .text=${meaning}>${name}</help-term></dt>
      <dd class="large ${sure}">${gained ? signed(gained.estimate, amount(this.money)) : NONE}</dd>
      ${gained ? html`<dd class="range"><help-term .text=${rangeMeaning}>${range(gained, write)}</help-term></dd>`
        : html`<dd class="range">cannot be said yet</dd>`}</div>`;
  }

  #budget({agreed, spent, left, paused}, say) {
    const write = (value, noun) => reward(this.experiment, value, noun);
    const used = `${write(spent, '')} of ${write(agreed)}`;
    return html`<meter-line .meter=${{
      label: 'Exploring may cost', part: Math.min(1, Math.max(0, Number(spent) / Number(agreed))), severity: 'bad',
      text: used, exact: used, meaning: say.budget,
    }}></meter-line>
    <p class="paused">${paused ? html`<strong>It is spent:</strong> only arms are served that are probably better than
      control. Name a larger budget in the settings, or take the leader.` : `${write(left)} left.`}</p>`;
  }

  #table() {
    const {money} = this;
    const unit = money.currency ?? 'conversions';
    const budget = money.budget ?? {};
    return {
      columns: ['what', `amount (${unit})`, `lower (${unit})`, `upper (${unit})`],
      rows: [
        ['earned', Number(money.earned), null, null],
        ['more than an even split', ...PARTS.map((part) => money.uniform?.[part] ?? null)],
        ['more than control for everybody', ...PARTS.map((part) => money.control?.[part] ?? null)],
        ...Object.entries(budget).filter(([name]) => name !== 'paused')
          .map(([name, value]) => [`budget ${name}`, Number(value), null, null]),
      ],
    };
  }
}

customElements.define('money-panel', MoneyPanel);
