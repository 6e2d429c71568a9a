// Lint every diagram given: `node tools/bpmnlint.mjs a.bpmn b.bpmn`. Rules: .bpmnlintrc; warnings fail.
//
// Not the command of the package, because of one import warning: loopDataInputRef and loopDataOutputRef
// name values of the task's data, not elements of the diagram, so they never resolve.
// fake-join is off: a task with several incoming flows is an exclusive merge in BPMN, and we mean it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Linter = require('bpmnlint/lib/linter.js');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver.js');
const { BpmnModdle } = createRequire(require.resolve('bpmnlint/package.json'))('bpmn-moddle');

const DATOS = new Set(['bpmn:loopDataInputRef', 'bpmn:loopDataOutputRef']);
const config = JSON.parse(await readFile(new URL('../.bpmnlintrc', import.meta.url), 'utf8'));
let problemas = 0;

function decir(archivo, id, mensaje, regla) {
  problemas += 1;
  console.log(`${archivo}: ${id ?? '-'}: ${mensaje} (${regla})`);
}

for (const archivo of process.argv.slice(2)) {
  const xml = await readFile(archivo, 'utf8');
  let leido;
  try {
    leido = await new BpmnModdle().fromXML(xml);
  } catch (error) {
    decir(archivo, null, error.message, 'xml');
    continue;
  }
  for (const aviso of leido.warnings) {
    if (!DATOS.has(aviso.property)) decir(archivo, aviso.element?.id, aviso.message.split('\n')[0], 'import');
  }
  // One for each diagram: some rules remember the flows that they have seen.
  const linter = new Linter({ config, resolver: new NodeResolver() });
  for (const [regla, hallazgos] of Object.entries(await linter.lint(leido.rootElement))) {
    for (const h of hallazgos) decir(archivo, h.id, h.message, regla);
  }
}
console.log(`${process.argv.length - 2} diagramas, ${problemas} problemas`);
process.exit(problemas ? 1 : 0);
