import {html} from 'lit';
import {EVIDENCE_MEANING} from '../distance.js';
import './help-term.js';

const AMOUNT = '(?:more than a million|\\d[\\d.,]*)';
const TERMS = new RegExp(`(evidence ${AMOUNT}, needed ${AMOUNT}|[Ee]xploring has lost)`);
const LOSS_MEANING = 'What showing other arms is held to have cost, compared with showing control to everybody.';

/** What a guardrail said, its numbers with what they mean; for pages, where `text` is what the server wrote. */
export const explained = (text) => text.split(TERMS).map((part, place) => (place % 2 === 0 ? part
  : html`<help-term .text=${part.startsWith('evidence') ? EVIDENCE_MEANING : LOSS_MEANING}>${part}</help-term>`));
