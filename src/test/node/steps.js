'use strict';

/** Runs named steps one after the other and prints what each came to, as one JSON object. */
async function run(steps) {
  const outcome = {};
  for (const [name, step] of Object.entries(steps)) {
    try {
      outcome[name] = { value: await step(outcome) };
    } catch (error) {
      outcome[name] = { error: seen(error) };
    }
  }
  process.stdout.write(JSON.stringify(outcome));
}

/** What a shop's code finds in an error that its client throws. */
function seen(error) {
  return {
    message: error.message,
    name: error.name,
    code: error.code,
    status: error.status,
    raw: error.raw,
    http: error.response && error.response.status,
    envelope: error.response && error.response.data,
  };
}

/** A card, as a shop's form sends it. */
function card(number) {
  return { card_number: number, expiry: '2039-12', birth: '900101', pwd_2digit: '12' };
}

/** What a shop's server does besides: a call of the hub, or of the simulators, that no client has. */
async function call(method, url, body, token) {
  const answer = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: token }) },
    body: body && JSON.stringify(body),
  });
  return answer.json();
}

/** A person whose identity is verified; says the imp_uid. */
async function certified(hub, token) {
  const phone = `010${String(Date.now()).slice(-6)}${process.pid % 100 + 100}`.slice(0, 11);
  const person = {
    name: '김나루', phone, birth: '000229', gender_digit: '4', carrier: 'KT', pg: 'danal',
  };
  const asked = await call('POST', `${hub}/certifications/otp/request`, person, token);
  const [message] = await call('GET', `${hub}/sandbox/outbox?phone=${phone}`);
  const impUid = asked.response.imp_uid;
  await call('POST', `${hub}/certifications/otp/confirm/${impUid}`, { otp: message.code }, token);
  return impUid;
}

/** The buyer's bank pays into a virtual account; ends when the hub knows. */
async function deposit(hub, simulator, account, token) {
  const { pg_provider: pg, vbank_num: number, imp_uid: impUid } = account;
  await call('POST', `${simulator}/_sim/vbanks/${pg}/${number}/deposit`, {});
  for (;;) {
    const { response } = await call('GET', `${hub}/payments/${impUid}`, undefined, token);
    if (response.status === 'paid') {
      return response;
    }
    await new Promise((again) => setTimeout(again, 50));
  }
}

/** A buyer who pays in a PG's window, as IMP.request_pay leads there; says the imp_uid. */
async function payInWindow(hub, params, number) {
  const { response } = await call('POST', `${hub}/checkout/prepare`, {
    user_code: 'imp00000000',
    page: 'https://shop.example/cart',
    params,
  });
  const window = await fetch(response.url);
  await fetch(window.url, {
    method: 'POST',
    body: new URLSearchParams({ action: 'pay', method: 'card', card_number: number }),
  });
  return response.imp_uid;
}

module.exports = { run, card, call, certified, deposit, payInWindow };
