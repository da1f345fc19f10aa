'use strict';

const { Iamporter } = require('iamporter');
const { run, card, certified } = require('./steps');

const [hub, order, good, refused] = process.argv.slice(2);
const iamporter = new Iamporter({ host: hub });
const stranger = new Iamporter({ host: hub, apiKey: 'nobody', secret: 'nothing' });
const customer = `customer-${order}`;
const pg = 'html5_inicis';

const pay = (suffix, number) =>
  iamporter.payOnetime({
    merchant_uid: order + suffix,
    amount: 10000,
    name: '나무 의자',
    buyer_name: '김나루',
    buyer_email: 'buyer@example.com',
    buyer_tel: '010-0000-0000',
    pg,
    ...card(number),
  });

/** What a card of abroad has: no birth date, no PIN that Korea knows. */
const foreigner = (number) => ({
  card_number: number,
  expiry: '2039-12',
  birth: '000000',
  pwd_2digit: '12',
  name: '나무 의자',
  buyer_name: '김나루',
  buyer_email: 'buyer@example.com',
  buyer_tel: '010-0000-0000',
});

run({
  token: () => iamporter.getToken(),
  prepared: () => iamporter.createPreparedPayment({ merchant_uid: `${order}-p`, amount: 4000 }),
  readPrepared: () => iamporter.getPreparedPayment(`${order}-p`),

  paid: () => pay('', good),
  paidTwice: () => pay('', good),
  declined: () => pay('-d', refused),
  readByImpUid: ({ paid }) => iamporter.findByImpUid(paid.value.data.imp_uid),
  readByMerchant: () => iamporter.findByMerchantUid(order),
  readAllByMerchant: () => iamporter.findAllByMerchantUid(order),
  readAllByMerchantPaid: () => iamporter.findAllByMerchantUid(order, { status: 'paid' }),
  readByStatus: () => iamporter.findAllByStatus('all', { page: 1 }),
  cancelledInPart: ({ paid }) =>
    iamporter.cancelByImpUid(paid.value.data.imp_uid, { amount: 3000, checksum: 10000 }),
  cancelledWhole: () => iamporter.cancelByMerchantUid(order),
  cancelledAgain: () => iamporter.cancelByMerchantUid(order),

  keyCreated: () =>
    iamporter.createSubscription({ customer_uid: customer, pg, ...card(good), customer_name: '김나루' }),
  keyRead: () => iamporter.getSubscription(customer),
  keyCharged: () =>
    iamporter.paySubscription({
      customer_uid: customer,
      merchant_uid: `${order}-a`,
      amount: 8900,
      name: '월 구독',
      buyer_name: '김나루',
      buyer_email: 'buyer@example.com',
      buyer_tel: '010-0000-0000',
    }),
  keyDeleted: () => iamporter.deleteSubscription(customer),
  keyGone: () => iamporter.getSubscription(customer),
  chargedWithoutKey: () =>
    iamporter.paySubscription({ customer_uid: customer, merchant_uid: `${order}-b`, amount: 8900 }),

  foreign: () =>
    iamporter.payForeign({ merchant_uid: `${order}-f`, amount: 10000, pg, ...foreigner(good) }),
  account: () =>
    iamporter.createVbank({
      merchant_uid: `${order}-v`,
      amount: 50000,
      vbank_code: '088',
      vbank_due: Math.floor(Date.now() / 1000) + 86400,
      vbank_holder: '나루상점',
      name: '나무 의자',
      buyer_name: '김나루',
      buyer_email: 'buyer@example.com',
      buyer_tel: '010-0000-0000',
      pg,
    }),
  certified: async () =>
    iamporter.getCertification(await certified(hub, iamporter.token)),
  certificationDeleted: (done) =>
    iamporter.deleteCertification(done.certified.value.data.imp_uid),
  certificationGone: (done) => iamporter.getCertification(done.certified.value.data.imp_uid),

  unknownPayment: () => iamporter.findByImpUid('imp_000000000000'),
  unknownOrder: () => iamporter.cancelByMerchantUid(`${order}-none`),
  badAmount: () =>
    iamporter.payOnetime({ merchant_uid: `${order}-x`, amount: 'many', pg, ...card(good) }),
  wrongSecret: () => stranger.findByMerchantUid(order),
});
