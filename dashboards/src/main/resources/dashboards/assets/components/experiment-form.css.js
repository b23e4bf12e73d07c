import {css} from 'lit';

/** The form for an experiment: parts below each other, what they imply beside them where there is room. */
export const formStyles = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  fieldset {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: .8rem;
    min-width: 0;
    margin: 0;
    padding: 1rem 1.2rem 1.2rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  fieldset.whole {
    padding: 0;
    border: 0;
    background: none;
  }
  fieldset > legend {
    float: left;
    padding: 0;
    font-size: 1.1rem;
  }
  fieldset > legend + * {
    clear: both;
  }
  .rows {
    display: grid;
    gap: .8rem;
    list-style: none;
  }
  .rows > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: .5rem;
    padding: .8rem;
    border: 1px solid var(--line);
    border-radius: 6px;
  }
  .flag {
    display: flex;
    align-items: baseline;
    gap: .5rem;
    font-weight: 600;
    font-size: .92rem;
  }
  .flag input {
    flex: none;
    width: 1.05rem;
    min-height: 1.05rem;
    height: 1.05rem;
    accent-color: var(--focus);
    transform: translateY(.15rem);
  }
  .choices {
    align-items: center;
  }
  summary {
    width: fit-content;
    padding: .2rem 0;
    color: var(--link);
    font-size: .92rem;
    cursor: pointer;
  }
  .folded {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: .9rem;
    padding-top: .6rem;
  }
  .implies {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: .8rem;
  }
  .implies .side {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    cursor: pointer;
  }
  #summary ul {
    display: grid;
    gap: .2rem;
    margin-top: .3rem;
    padding-left: 1.1rem;
  }
  input:disabled, select:disabled, textarea:disabled {
    opacity: .65;
    cursor: not-allowed;
  }
  @media (min-width: 66rem) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(20rem, 26rem);
      align-items: start;
    }
    .implies {
      position: sticky;
      top: 4rem;
      max-height: calc(100vh - 8.5rem);
      overflow: auto;
    }
  }
`;
