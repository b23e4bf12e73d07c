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
  .heard {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
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
    max-width: 100%;
    overflow-wrap: anywhere;
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
  button.strong {
    border-color: var(--focus);
    font-weight: 600;
  }
  button:disabled, button[aria-disabled="true"] {
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

/** A heading with what can be done beside it; below it where there is no room. */
export const heads = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: .3rem 1rem;
    margin-bottom: .5rem;
  }
`;

/** Boxes that hold a part of a page, and the headings in them. */
export const panels = css`
  .panel {
    padding: 1rem 1.2rem 1.2rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  h1 {
    font-size: 1.5rem;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }
  h1:focus {
    outline: none;
  }
  h2 {
    font-size: 1.1rem;
  }
  h2 + p {
    margin: .1rem 0 .8rem;
  }
  h2 + p, .aside {
    max-width: 60rem;
    color: var(--text-soft);
    font-size: .92rem;
  }
`;

/** Forms: fields below each other, each with what it means and what is wrong with it. */
export const fields = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: .9rem;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: .2rem;
  }
  .field label, legend {
    font-weight: 600;
    font-size: .92rem;
  }
  .hint {
    color: var(--text-soft);
    font-size: .87rem;
    overflow-wrap: anywhere;
  }
  .wrong {
    color: var(--bad);
    font-size: .87rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  input, select, textarea {
    width: 100%;
    min-height: 2.2rem;
    padding: .35rem .6rem;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
    font-size: .92rem;
  }
  textarea {
    resize: vertical;
    font: .85rem/1.5 var(--mono);
  }
  [aria-invalid="true"] {
    border-color: var(--bad);
    border-width: 2px;
  }
  .side {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
    gap: .9rem;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: .6rem;
  }
`;
