// What the compiler says of a program: types.js PROGRAM TYPES MODULE; prints the list of its complaints.
const ts = require('typescript');

const [program, types, named] = process.argv.slice(2);
const options = {
  noEmit: true,
  strict: true,
  target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'],
  types: [],
  baseUrl: __dirname,
  paths: types === '-' ? {} : { [named]: [types] }
};
const found = ts.getPreEmitDiagnostics(ts.createProgram([program], options));
console.log(JSON.stringify(found.map((each) => {
  const where = each.file ? each.file.fileName + ':' + (each.file.getLineAndCharacterOfPosition(each.start).line + 1) + ' ' : '';
  return where + ts.flattenDiagnosticMessageText(each.messageText, '\n');
})));
