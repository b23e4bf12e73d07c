/** Small deliveries to try a source with. Nothing in them is signed. */

const JSON_TYPE = {'Content-Type': 'application/json'};
const UNIT = 'visitor-123';

const PAYLOADS = {
  stripe: (at) => ({
    headers: JSON_TYPE,
    body: {
      id: 'evt_example', object: 'event', type: 'checkout.session.completed', livemode: true,
      created: Math.floor(at / 1000),
      data: {object: {
        id: 'cs_example', object: 'checkout.session', payment_status: 'paid', payment_intent: 'pi_example',
        amount_total: 4990, currency: 'eur', client_reference_id: UNIT, created: Math.floor(at / 1000),
      }},
    },
  }),
  shopify: (at) => ({
    headers: {...JSON_TYPE, 'X-Shopify-Topic': 'orders/paid'},
    body: {
      id: 450789469, test: false, total_price: '49.90', currency: 'EUR', created_at: new Date(at).toISOString(),
      note_attributes: [{name: 'bandolier_unit', value: UNIT}],
    },
  }),
  segment: (at) => ({
    headers: JSON_TYPE,
    body: {
      type: 'track', event: 'Order Completed', messageId: 'message-example', anonymousId: UNIT,
      timestamp: new Date(at).toISOString(), properties: {order_id: 'order-example', revenue: 49.90, currency: 'EUR'},
    },
  }),
  'standard-webhooks': (at) => ({
    headers: {...JSON_TYPE, 'webhook-id': 'msg_example'},
    body: {
      type: 'purchase', timestamp: new Date(at).toISOString(),
      data: {id: 'order-example', unit: UNIT, value: 49.90, currency: 'EUR'},
    },
  }),
  cloudevents: (at) => ({
    headers: {'Content-Type': 'application/cloudevents+json'},
    body: {
      specversion: '1.0', id: 'order-example', source: '/shop', type: 'purchase', time: new Date(at).toISOString(),
      data: {unit: UNIT, value: 49.90, currency: 'EUR'},
    },
  }),
  json: (at) => ({
    headers: JSON_TYPE,
    body: {id: 'order-example', metric: 'purchase', unit: UNIT, value: 49.90, currency: 'EUR',
      at: new Date(at).toISOString()},
  }),
};

/** What a platform sends of an order of that time, in milliseconds, as {headers, body}; undefined of an unknown one. */
export const payload = (kind, at) => PAYLOADS[kind]?.(at);
