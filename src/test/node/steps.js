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
  };
}

/** A card, as a shop's form sends it. */
function card(number) {
  return { card_number: number, expiry: '2039-12', birth: '900101', pwd_2digit: '12' };
}

module.exports = { run, card };
