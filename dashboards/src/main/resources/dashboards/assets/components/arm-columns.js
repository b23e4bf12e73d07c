import {html, nothing, svg} from 'lit';
import {NONE, capital, chance, count, earning, money, share} from '../format.js';
import {partOf} from '../history.js';
import {cappedMeaning, effectiveMeaning} from '../learning.js';
import {conversionsOf} from '../shapes.js';
import {meanings, segmentMeanings, unit, units} from '../words.js';
import './help-term.js';
import './range-mark.js';

/** How far effective exposures may be from the exposures before both are shown. */
const EFFECTIVE_NOTED = 0.05;

/**
 * The columns of the arms table after the arm's name: {name, label, kind, meaning, cell}, where `label` is a shorter
 * name if there is one, and `cell` draws what is known of an arm, {arm, fact, colour}.
 *
 * @param experiment  the definition
 * @param scale       {range, decimals, reference}: what all arms are drawn and written to
 * @param compact     whether there is little room
 * @param part        the segment that this is about; nothing if it is about all
 */
export function armColumns(experiment, scale, compact, part) {
  const say = part ? segmentMeanings(experiment, part) : meanings(experiment);
  const {objective} = experiment;
  const rate = objective.kind !== 'conversion' ? `Per ${unit(experiment)}` : compact ? 'Rate' : 'Estimated rate';
  return [
    {name: 'Share', kind: 'number share', meaning: say.share, cell: shareCell},
    {name: 'Chance to be\u00a0best', label: 'To be best', kind: 'number best', meaning: say.best, cell: bestCell},
    {name: capital(units(experiment)), kind: 'number', meaning: say.exposures, cell: exposuresCell(experiment)},
    {name: 'Conversions', kind: 'number', meaning: say.conversions, cell: conversionsCell(experiment)},
    ...(objective.currency && !compact
      ? [{name: 'Earned', kind: 'number', meaning: say.earned, cell: earnedCell(experiment)}] : []),
    {name: rate, kind: 'number rate', meaning: say.rate,
      cell: ({fact}) => earning(fact?.posterior?.mean, objective, scale.decimals)},
    {name: '95% range', kind: 'range', meaning: say.interval, cell: rangeCell(objective, scale)},
  ];
}

const shareCell = ({fact, colour}) => html`<span>${share(fact && partOf(fact))}</span>
  <svg class="bar arm-${colour}" aria-hidden="true">${svg`
    <rect class="rest" width="100%" height="4" rx="2"></rect>
    <rect class="part" width="${(100 * (fact ? partOf(fact) : 0)).toFixed(2)}%" height="4" rx="2"></rect>`}</svg>`;

const bestCell = ({arm, fact}) => (arm.status === 'paused' ? NONE : chance(fact?.best));

const exposuresCell = (experiment) => ({fact}) => html`${count(fact?.exposures)}${
  Math.abs((fact?.effective ?? 0) - (fact?.exposures ?? 0)) > EFFECTIVE_NOTED * (fact?.exposures ?? 0)
    ? note(`count as ${count(Math.round(fact.effective))}`, effectiveMeaning(experiment, fact)) : nothing}`;

const conversionsCell = (experiment) => ({fact}) => {
  const all = fact && conversionsOf(experiment.objective, fact);
  return html`${count(all)}${all !== fact?.conversions
    ? html`<span class="note">by ${count(fact.conversions)} ${
      fact.conversions === 1 ? unit(experiment) : units(experiment)}</span>` : nothing}`;
};

const earnedCell = (experiment) => ({fact}) => {
  const amount = (value) => money(value, experiment.objective.currency);
  return html`${amount(fact?.raw)}${fact && Number(fact.value) !== Number(fact.raw) && fact.value !== undefined
    ? note(`counts as ${amount(fact.value)}`, cappedMeaning(experiment)) : nothing}`;
};

const note = (words, meaning) => html`<help-term class="note" .text=${meaning}>${words}</help-term>`;

const rangeCell = (objective, {range, decimals, reference}) => ({fact}) => {
  const belief = fact?.posterior;
  const show = (value) => earning(value, objective, decimals);
  return belief ? html`<range-mark mean=${belief.mean} lower=${belief.lower} upper=${belief.upper}
    reference=${reference ?? nothing} .scale=${range}></range-mark>
    <span class="bounds number">${show(belief.lower)} to ${show(belief.upper)}</span>` : NONE;
};
