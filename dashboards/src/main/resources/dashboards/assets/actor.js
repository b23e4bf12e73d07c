/**
 * Who acts from here, as they say themselves: kept in this browser, sent along with every change, written into the
 * audit log. Nobody checks it.
 */

const KEY = 'bandolier.actor';

/** What the audit log has where nobody said a name. */
export const ANYBODY = 'dashboard';

/** They have a meaning of their own in the audit log. */
const TAKEN = ['guardrail', 'api', ANYBODY];

const LENGTH_MAX = 100;

/** Letters and signs that are not an ASCII one with a mark. */
const SPELLINGS = {
  ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D',
  þ: 'th', Þ: 'Th', ħ: 'h', Ħ: 'H', ı: 'i', ŋ: 'ng', Ŋ: 'Ng', ŧ: 't', Ŧ: 'T', ə: 'e', Ə: 'E',
  '‘': "'", '’': "'", 'ʼ': "'", 'ʻ': "'", '“': '"', '”': '"', '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-',
};

/** A name as it is recorded, in printable ASCII: "Zoë  Strauß" is "Zoe Strauss". What has no spelling is left out. */
export const spelled = (typed) => typed.normalize('NFKD').replace(/\s/g, ' ')
  .replace(/[^\x20-\x7e]/g, (letter) => SPELLINGS[letter] ?? '').replace(/ +/g, ' ').trim();

/** What is wrong with a name, as what is said at its field; null if nothing is. No name is one that can be sent. */
export function wrong(typed) {
  if (typed.trim() === '') return null;
  const name = spelled(typed);
  if (!/[a-z0-9]/i.test(name)) return 'A name is recorded in letters from A to Z and digits, and this has none.';
  if (name.length > LENGTH_MAX) return `A name has ${LENGTH_MAX} characters at most, and this has ${name.length}.`;
  return TAKEN.includes(name.toLowerCase())
    ? `“${name}” has a meaning of its own in the audit log: use another name.` : null;
}

/** Where the browser keeps nothing, it is kept for as long as the page is open; null where it does. */
let inMemory = null;

const changes = new EventTarget();
addEventListener('storage', ({key}) => {
  if (key === KEY || key === null) changes.dispatchEvent(new Event('change'));
});

/** The name as it was written; empty if there is none. Another tab may have changed it a moment ago. */
export function written() {
  const name = inMemory ?? stored();
  return wrong(name) ? '' : name;
}

function stored() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Keeps a name in which nothing is wrong; an empty one forgets the one that there was. */
export function keep(typed) {
  const name = typed.trim();
  try {
    if (name === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, name);
    inMemory = null;
  } catch {
    // Full, or forbidden by its owner.
    inMemory = name;
  }
  changes.dispatchEvent(new Event('change'));
}

/** How the audit log is to name who acts from here. */
export const actor = () => spelled(written()) || ANYBODY;

/** Draws a component anew when there is another name, given here or in another tab. */
export class ActorChanges {
  #heard;

  constructor(host) {
    this.#heard = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected() {
    changes.addEventListener('change', this.#heard);
  }

  hostDisconnected() {
    changes.removeEventListener('change', this.#heard);
  }
}
