// Tickets as people paste them: alone, in a link, in the middle of a mail.

const TICKET = /\bblob[a-z2-7]{40,}/gi;

/** The tickets in a text; where there is none that looks like one, the text itself, so that the service says what is wrong with it. */
export function ticketsIn(text) {
  const found = text.match(TICKET);
  return found ? [...new Set(found)] : [text.trim()].filter(Boolean);
}
