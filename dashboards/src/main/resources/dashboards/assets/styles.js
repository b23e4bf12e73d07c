import {css} from 'lit';

/** What every component needs: sane boxes, links, focus rings, figures of one width. */
export const basics = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  *, *::before, *::after {
    box-sizing: border-box;
  }
  h1, h2, h3, p, dl, dd, ol, ul, figure {
    margin: 0;
    padding: 0;
  }
  a {
    color: var(--link);
  }
  code, .key {
    font-family: var(--mono);
    font-size: .87em;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: 3px;
  }
`;

/** Buttons. */
export const buttons = css`
  button.plain {
    font: inherit;
    font-size: .9rem;
    color: var(--text);
    background: var(--surface);
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    padding: .3rem .7rem;
    min-height: 2rem;
    cursor: pointer;
  }
  button.plain:hover {
    background: var(--raised);
  }
  button.danger {
    border-color: var(--bad);
    color: var(--bad);
  }
  button.danger[type="submit"] {
    background: var(--bad);
    color: var(--surface);
  }
  button:disabled {
    opacity: .6;
    cursor: default;
  }
`;

/** Boxes that say what is wrong or worth knowing. */
export const notices = css`
  .notice {
    border-radius: 6px;
    padding: .45rem .7rem;
    font-size: .92rem;
    background: var(--quiet-ground);
    color: var(--text);
    overflow-wrap: anywhere;
  }
  .notice.warn {
    background: var(--warn-ground);
    color: var(--warn);
  }
  .notice.bad {
    background: var(--bad-ground);
    color: var(--bad);
  }
`;

/** The colour of an arm, as the text colour of what carries the class; see palette.js for the class. */
export const armColours = css`
  .arm-0 { color: var(--arm-0); }
  .arm-1 { color: var(--arm-1); }
  .arm-2 { color: var(--arm-2); }
  .arm-3 { color: var(--arm-3); }
  .arm-4 { color: var(--arm-4); }
  .arm-5 { color: var(--arm-5); }
  .arm-6 { color: var(--arm-6); }
  .arm-7 { color: var(--arm-7); }
`;
