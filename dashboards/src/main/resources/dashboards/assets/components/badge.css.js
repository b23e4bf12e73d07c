import {css} from 'lit';

/** How badges look: a sign and a word, quiet unless the state of what they stand for is good or wants a look. */
export const badges = css`
  :host {
    display: inline-block;
  }
  span {
    display: inline-flex;
    align-items: center;
    gap: .4em;
    padding: .1rem .55rem;
    border-radius: 99px;
    font-size: .8rem;
    font-weight: 600;
    white-space: nowrap;
    background: var(--quiet-ground);
    color: var(--quiet);
  }
  .running, .enabled {
    background: var(--good-ground);
    color: var(--good);
  }
  .paused, .disabled {
    background: var(--warn-ground);
    color: var(--warn);
  }
  i {
    font-size: .65em;
    font-style: normal;
  }
`;
