'use strict';

const { Iamporter } = require('iamporter');
const { run, card } = require('./steps');

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

  unknownPayment: () => iamporter.findByImpUid('imp_000000000000'),
  unknownOrder: () => iamporter.cancelByMerchantUid(`${order}-none`),
  badAmount: () =>
    iamporter.payOnetime({ merchant_uid: `${order}-x`, amount: 'many', pg, ...card(good) }),
  wrongSecret: () => stranger.findByMerchantUid(order),
});
