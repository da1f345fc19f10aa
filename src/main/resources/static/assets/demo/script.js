// Values as a person would write them in a page.
import { data } from './page.js';

function quoted(text) {
  return "'" + JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")
    .replace(/</g, '\\x3c').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029') + "'";
}

function literal(value, indent) {
  const inner = indent + '  ';
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (Array.isArray(value)) {
    return '[' + value.map(function (one) { return literal(one, indent); }).join(', ') + ']';
  }
  if (value !== null && typeof value === 'object') {
    const fields = Object.keys(value).map(function (name) { return name + ': ' + literal(value[name], inner); });
    const flat = '{ ' + fields.join(', ') + ' }';
    return indent && flat.length < 70 && flat.indexOf('\n') < 0 ? flat : '{\n' + inner + fields.join(',\n' + inner) + '\n' + indent + '}';
  }
  return String(value);
}

/** The part of a shop's page that calls a function of the SDK. */
export function script(name, params, comment) {
  return '<script src="' + data.base + '/v1/iamport.js"><\/script>\n<script>\n' +
    "IMP.init('" + data.userCode + "');\nIMP." + name + '(' + literal(params, '') + ', function (response) {\n  // ' + comment + '\n});\n<\/script>';
}
