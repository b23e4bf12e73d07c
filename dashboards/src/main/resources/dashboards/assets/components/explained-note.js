import {html} from 'lit';
import {EVIDENCE_MEANING} from '../distance.js';
import './help-term.js';

const AMOUNT = '(?:more than a million|\\d[\\d.,]*)';
const EVIDENCE = new RegExp(`(evidence ${AMOUNT}, needed ${AMOUNT})`);

/** What a guardrail said, its evidence with what that means; for pages, where `text` is what the server wrote. */
export const explained = (text) => text.split(EVIDENCE).map((part, place) => (place % 2 === 0 ? part
  : html`<help-term .text=${EVIDENCE_MEANING}>${part}</help-term>`));
