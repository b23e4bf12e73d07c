import {LitElement, css, html} from 'lit';
import {NEW} from '../route.js';
import {basics} from '../styles.js';
import './copy-line.js';

/** What to do on a server that has no experiment yet. */
export class FirstExperiment extends LitElement {
  static styles = [basics, css`
    :host {
      max-width: 52rem;
      margin: 0 auto;
    }
    article {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .8rem;
      padding: 1.4rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      box-shadow: var(--shadow);
    }
    h1 {
      font-size: 1.4rem;
    }
    h2 {
      margin-top: .4rem;
      font-size: 1rem;
    }
  `];

  render() {
    return html`<article>
      <h1 tabindex="-1">No experiments yet</h1>
      <p>An experiment shows your visitors one of several arms (variants) and moves traffic to the arm that earns more.
        As soon as there is one, it appears here by itself.</p>
      <p><a href=${NEW}>Set up a new experiment</a> in a form that says what its settings imply.</p>
      <h2>Or create and start the first one from a shell</h2>
      <copy-line .text=${this.#create()}></copy-line>
      <copy-line .text=${`curl -X POST ${location.origin}/v1/experiments/hero-banner/start`}></copy-line>
      <h2>Or watch one at work first</h2>
      <p>This starts a server with simulated visitors; nothing in it is yours.</p>
      <copy-line .text=${'./bandolier demo'}></copy-line>
    </article>`;
  }

  #create() {
    return `curl ${location.origin}/v1/experiments -H 'Content-Type: application/json' -d '{
  "key": "hero-banner",
  "name": "Home page hero",
  "arms": [{"key": "classic", "control": true}, {"key": "video"}],
  "objective": {"metric": "purchase"}
}'`;
  }
}

customElements.define('first-experiment', FirstExperiment);
