'use strict';

// The published `iamport` client has no option for the host: a shop sets this static before it
// constructs its client.
const Iamport = require('iamport');
const { run, card, certified } = require('./steps');

const [hub, order, good, refused] = process.argv.slice(2);
Iamport.DEFAULT_HOST = hub;
const iamport = new Iamport();
const stranger = new Iamport({ impKey: 'nobody', impSecret: 'nothing' });
const customer = `customer-${order}`;
const pg = 'tosspayments';
const later = Math.floor(Date.now() / 1000) + 3600;

const pay = (suffix, number) =>
  iamport.subscribe.onetime({
    merchant_uid: order + suffix,
    amount: 10000,
    name: '나무 의자',
    buyer_name: '김나루',
    pg,
    ...card(number),
  });

run({
  prepared: () => iamport.payment.prepare({ merchant_uid: `${order}-p`, amount: 4000 }),
  preparedTwice: () => iamport.payment.prepare({ merchant_uid: `${order}-p`, amount: 4000 }),
  readPrepared: () => iamport.payment.getPrepare({ merchant_uid: `${order}-p` }),

  paid: () => pay('', good),
  token: async () => iamport.token,
  paidTwice: () => pay('', good),
  declined: () => pay('-d', refused),
  readByImpUid: ({ paid }) => iamport.payment.getByImpUid({ imp_uid: paid.value.imp_uid }),
  readByMerchant: () => iamport.payment.getByMerchant({ merchant_uid: order }),
  readByStatus: () => iamport.payment.getByStatus({ payment_status: 'paid', limit: 5 }),
  cancelledInPart: ({ paid }) =>
    iamport.payment.cancel({ imp_uid: paid.value.imp_uid, amount: 3000, checksum: 10000, reason: '변심' }),
  cancelledWhole: () => iamport.payment.cancel({ merchant_uid: order }),
  cancelledAgain: () => iamport.payment.cancel({ merchant_uid: order }),

  keyCreated: () => iamport.subscribe_customer.create({ customer_uid: customer, pg, ...card(good) }),
  keyRead: () => iamport.subscribe_customer.get({ customer_uid: customer }),
  keyCharged: () =>
    iamport.subscribe.again({
      customer_uid: customer,
      merchant_uid: `${order}-a`,
      amount: 8900,
      name: '월 구독',
    }),
  scheduled: () =>
    iamport.subscribe.schedule({
      customer_uid: customer,
      schedules: [
        { merchant_uid: `${order}-s1`, schedule_at: later, amount: 8900, name: '월 구독' },
        { merchant_uid: `${order}-s2`, schedule_at: later + 60, amount: 8900, name: '월 구독' },
      ],
    }),
  unscheduled: () =>
    iamport.subscribe.unschedule({ customer_uid: customer, merchant_uid: [`${order}-s1`] }),
  unscheduledAll: () => iamport.subscribe.unschedule({ customer_uid: customer }),
  unscheduledNone: () => iamport.subscribe.unschedule({ customer_uid: customer }),
  keyDeleted: () => iamport.subscribe_customer.delete({ customer_uid: customer, reason: '탈퇴' }),
  keyGone: () => iamport.subscribe_customer.get({ customer_uid: customer }),
  chargedWithoutKey: () =>
    iamport.subscribe.again({ customer_uid: customer, merchant_uid: `${order}-b`, amount: 8900 }),

  account: () =>
    iamport.vbank.create({
      merchant_uid: `${order}-v`,
      amount: 50000,
      vbank_code: '088',
      vbank_due: Math.floor(Date.now() / 1000) + 86400,
      vbank_holder: '나루상점',
      buyer_name: '김나루',
      pg,
    }),

  certified: async () => {
    const imp_uid = await certified(hub, iamport.token.access_token);
    return iamport.certification.get({ imp_uid });
  },
  certificationDeleted: (done) =>
    iamport.certification.delete({ imp_uid: done.certified.value.imp_uid }),
  certificationGone: (done) => iamport.certification.get({ imp_uid: done.certified.value.imp_uid }),

  unknownPayment: () => iamport.payment.getByImpUid({ imp_uid: 'imp_000000000000' }),
  unknownOrder: () => iamport.payment.cancel({ merchant_uid: `${order}-none` }),
  badAmount: () =>
    iamport.subscribe.onetime({ merchant_uid: `${order}-x`, amount: 'many', pg, ...card(good) }),
  wrongSecret: () => stranger.payment.getByMerchant({ merchant_uid: order }),
  staleToken: async () => {
    // As after a restart with other keys: the client gets 401, fetches a token and tries again.
    iamport.token = { access_token: '0'.repeat(40), expired_at: Math.floor(Date.now() / 1000) + 600 };
    return iamport.payment.getByMerchant({ merchant_uid: order });
  },
});
