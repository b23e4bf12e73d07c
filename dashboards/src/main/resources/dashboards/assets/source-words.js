/** What every number about sources means, for people who run shops. */

/** The numbers of a source. */
export const SOURCE_MEANINGS = {
  deliveries: 'Requests that came to the address of this source. One request can carry several events.',
  accepted: 'Events that were genuine and sound, and were stored as conversions. They are the sum of those attributed, '
    + 'not attributed, waiting and not settled yet, all counted by the day on which they arrived.',
  duplicates: 'Events that had been stored before. Senders send again when they are unsure; it counts once.',
  ignored: 'Genuine events that are no conversions, such as tests or other kinds of events. That is as it should be.',
  refused: 'Deliveries and events that did not prove where they come from, or could not be read. They count for '
    + 'nothing until somebody mends the cause.',
  attributed: 'Conversions that were credited to the arm that the visitor had been shown.',
  unattributed: 'Conversions that earned nothing: nobody was shown an arm before, or it was too long ago. Some of '
    + 'these are usual, because not every visitor is part of an experiment.',
  waiting: 'Refunds, cancellations and disputes whose order has not come in yet. They settle by themselves when it '
    + 'does.',
  unsettled: 'Conversions that are stored and will be attributed within seconds.',
  open: 'Conversions whose arm is not known yet: refunds whose order has not come in, and what is being attributed now.',
  lag: 'How long conversions took from happening to arriving here. A time is the upper end of a range, so it is never '
    + 'shorter than it was.',
  last: 'When something last came from this source, in the days that are shown.',
};

/** What the state of a source means, with the word for it. */
export const SOURCE_STATES = {
  enabled: {word: 'On', sign: '●', meaning: 'Its deliveries are accepted.'},
  disabled: {word: 'Off', sign: '❚❚', meaning: 'Its deliveries are refused until it is switched on again.'},
  'built-in': {word: 'Built in', sign: '■',
    meaning: 'Conversions that your own programs send to POST /v1/conversions. It needs no set-up.'},
  unknown: {word: 'Not set up', sign: '○',
    meaning: 'Deliveries to /v1/webhooks/… for a name that no source has: a wrong address at a sender, or a source '
      + 'that was deleted.'},
  deleted: {word: 'Deleted', sign: '○',
    meaning: 'It was deleted. What came from it stays counted; new deliveries are refused.'},
};

/** How sources are marked. */
export const MARK_MEANING = 'Marked are sources of which more than 1% was refused, or 20% earned nothing. The worst '
  + 'come first.';

/** What each platform needs, and options as they may be written for it. */
export const KIND_GUIDES = {
  stripe: {
    secret: 'The signing secret of the webhook endpoint, from Stripe’s dashboard. It begins with whsec_.',
    guide: 'Counts paid checkouts; refunds and lost disputes take them back. The visitor comes from '
      + 'client_reference_id, or from metadata.bandolier_unit.',
    options: {order: 'checkout', disputes: 'lost'},
  },
  shopify: {
    secret: 'The client secret of the app, or the key shown below the webhooks in Shopify’s settings.',
    guide: 'Counts paid orders; refunds, cancellations and lost disputes take them back. The visitor comes from the '
      + 'cart attribute bandolier_unit.',
    options: {order: 'paid', value: '/total_price'},
  },
  segment: {
    secret: 'The shared secret of the webhook destination, 16 characters or more.',
    guide: 'Counts Order Completed; Order Refunded and Order Cancelled take it back. The visitor is anonymousId, or '
      + 'userId.',
    options: {unit: ['/anonymousId', '/userId']},
  },
  'standard-webhooks': {
    secret: 'whsec_… as the sender shows it, or its public key whpk_….',
    guide: 'For every sender that follows the Standard Webhooks specification. The metric is the type of the event '
      + 'unless the options say otherwise.',
    options: {
      events: [{
        when: {'/type': 'order.paid'}, metric: 'purchase', id: '/data/id', unit: '/data/customer',
        value: '/data/total', currency: '/data/currency',
      }],
    },
  },
  cloudevents: {
    secret: '16 characters or more, known to the sender.',
    guide: 'For senders of CloudEvents 1.0. The options say how it is signed.',
    options: {signature: 'bearer'},
  },
  json: {
    secret: '16 characters or more, known to the sender.',
    guide: 'For any sender of JSON. The options say how it is signed and where in the body the fields stand.',
    options: {
      signature: {header: 'X-Signature', algorithm: 'hmac-sha256', encoding: 'hex'},
      events: [{
        metric: 'purchase', id: '/order/id', unit: '/visitor', value: '/order/total', currency: '/order/currency',
      }],
    },
  },
};

/** The platforms that make their secrets themselves. */
export const GIVES_SECRET = new Set(['stripe', 'shopify']);

/** What the outcome of a dry run of a signature means. */
export const signatureWords = (signature) => ({
  verified: 'The signature is right.',
  'not-checked': 'The signature was not checked, because there is none among the headers.',
}[signature] ?? `The signature was not accepted: ${signature.replaceAll('-', ' ')}.`);
