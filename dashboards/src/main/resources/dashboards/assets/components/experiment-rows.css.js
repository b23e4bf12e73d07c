import {css} from 'lit';

/** The columns, the same in the head of the list and in each row. */
export const columns = css`
  :host {
    --columns: minmax(12rem, 2.2fr) 5.6rem minmax(7rem, 1.2fr) minmax(8rem, 1.3fr) 5.4rem 5.6rem minmax(5.5rem, .9fr)
      5.4rem;
    --gap: .9rem;
    font-size: .92rem;
  }
`;

/** The list; a container, so that its rows can ask how wide it is. */
export const listStyles = css`
  :host {
    container-type: inline-size;
  }
  .head [role="row"] {
    display: grid;
    grid-template-columns: var(--columns);
    align-items: end;
    gap: 0 var(--gap);
    padding: 0 .5rem .4rem calc(.5rem + 3px);
    color: var(--text-soft);
    font-size: .82rem;
    font-weight: 600;
  }
  .head [role="columnheader"]:nth-child(n + 5) {
    text-align: right;
  }
  @container (max-width: 62rem) {
    .head [role="row"] {
      display: flex;
      flex-wrap: wrap;
      gap: .1rem var(--gap);
    }
    .head [role="columnheader"]:nth-child(-n + 2) {
      display: none;
    }
    .body {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
      gap: .7rem;
    }
  }
`;

/** A row, which the browser lays out only where it can be seen. */
export const rowStyles = css`
  :host {
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    gap: 0 var(--gap);
    padding: .45rem .5rem;
    border-top: 1px solid var(--line);
    border-left: 3px solid transparent;
    content-visibility: auto;
    contain-intrinsic-size: auto 3.4rem;
    overflow-wrap: anywhere;
  }
  :host(:hover) {
    background: var(--raised);
  }
  :host(.bad) {
    border-left-color: var(--bad);
  }
  :host(.warn) {
    border-left-color: var(--warn);
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .name a {
    display: block;
    color: var(--text);
    font-weight: 600;
    text-decoration: none;
  }
  .name a:hover {
    text-decoration: underline;
  }
  .key, .none, .best {
    color: var(--text-soft);
  }
  .key {
    display: block;
  }
  .best {
    display: block;
    font-size: .82rem;
    font-variant-numeric: tabular-nums;
  }
  .none {
    font-size: .87rem;
  }
  .arm {
    display: flex;
    align-items: baseline;
    gap: .4rem;
  }
  .swatch {
    flex: none;
    width: .7rem;
    height: .7rem;
    border-radius: 3px;
    background: currentColor;
  }
  concern-marks {
    margin-top: .2rem;
  }
  @container (max-width: 62rem) {
    :host {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      align-content: start;
      align-items: start;
      gap: .4rem .8rem;
      padding: .7rem;
      contain-intrinsic-size: auto 14rem;
      border: 1px solid var(--line);
      border-left-width: 3px;
      border-radius: 6px;
    }
    .name, .spark {
      grid-column: 1 / -1;
    }
    .number {
      text-align: left;
    }
    [data-label]::before {
      content: attr(data-label);
      display: block;
      color: var(--text-soft);
      font-size: .75rem;
    }
    .state::before, .spark::before {
      content: none;
    }
    .state {
      order: -1;
      grid-column: 1 / -1;
    }
  }
`;
