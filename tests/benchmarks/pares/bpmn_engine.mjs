// The reference cases through npm bpmn-engine: its own state, stored whole at every step.
// A line of JSON in (`caso`, `casos`), a line of JSON out (`segundos`, `pasos`, `bytes`).
// Argument: {base: {tipo, url | archivo}, esquema: text of the tables, diagramas: {caso: xml}} in JSON.
import { EventEmitter } from "node:events";
import { createInterface } from "node:readline";
import { Engine } from "bpmn-engine";

const { base, esquema, diagramas } = JSON.parse(process.argv[2]);
const FINAL = "mid";
const MONTO = 30;
const EN = "2026-11-20T16:00:00+00:00";

// What the diagrams compute, by their own words: no virtual machine is paid for.
const GUION = {
  "score = monto": (d) => { d.score = d.monto; },
  'track = "high"': (d) => { d.track = "high"; },
  'track = "mid"': (d) => { d.track = "mid"; },
  'track = "low"': (d) => { d.track = "low"; },
  "outcome = track": (d) => { d.outcome = d.track; },
  "score > 40": (d) => d.score > 40,
  "score > 20": (d) => d.score > 20,
  'members = ["m0", "m1", "m2", "m3", "m4", "m5", "m6"]': () => {},
};

class Guiones {
  textos = new Map();

  register({ id, type, behaviour }) {
    const texto = type === "bpmn:SequenceFlow" ? behaviour.conditionExpression?.body : behaviour.script;
    if (texto) this.textos.set(id, texto.trim());
  }

  getScript(_lenguaje, { id }) {
    const hacer = GUION[this.textos.get(id)];
    return { execute: ({ environment }, seguir) => seguir(null, hacer(environment.output)) };
  }
}

// Its own ways of writing the same: language of scripts, number of votes.
function propio(xml) {
  return xml
    .replaceAll("<bpmn:scriptTask ", '<bpmn:scriptTask scriptFormat="guion" ')
    .replaceAll("<bpmn:conditionExpression ", '<bpmn:conditionExpression language="guion" ')
    .replace(
      /(<bpmn:multiInstanceLoopCharacteristics[^>]*>).*?(<\/bpmn:multiInstanceLoopCharacteristics>)/s,
      "$1<bpmn:loopCardinality>7</bpmn:loopCardinality>$2",
    );
}

class Sqlite {
  async abrir({ archivo }) {
    const { DatabaseSync } = await import("node:sqlite");
    this.db = new DatabaseSync(archivo);
    this.db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
    this.db.exec(esquema);
    this.listas = new Map();
  }

  async hacer(orden, ...valores) {
    const texto = orden.replace(" FOR UPDATE", "").replace(/\$\d+/g, "?");
    if (!this.listas.has(texto)) this.listas.set(texto, this.db.prepare(texto));
    return this.listas.get(texto).all(...valores);
  }

  async empezar() { this.db.exec("BEGIN IMMEDIATE"); }
  async guardar() { this.db.exec("COMMIT"); }
}

class Postgres {
  async abrir({ url, servidor }) {
    const { default: pg } = await import("pg");
    this.db = new pg.Client(servidor ?? { connectionString: url });
    await this.db.connect();
    await this.db.query("DROP SCHEMA IF EXISTS bpmn_engine CASCADE; CREATE SCHEMA bpmn_engine");
    await this.db.query("SET search_path TO bpmn_engine");
    await this.db.query(esquema);
    this.nombres = new Map();
  }

  async hacer(orden, ...valores) {
    if (!this.nombres.has(orden)) this.nombres.set(orden, `o${this.nombres.size}`);
    return (await this.db.query({ name: this.nombres.get(orden), text: orden, values: valores })).rows;
  }

  async empezar() { await this.db.query("BEGIN"); }
  async guardar() { await this.db.query("COMMIT"); }
}

const opciones = () => ({ name: "par", scripts: new Guiones() });
const oyente = new EventEmitter();

function humanas(ejecucion) {
  return ejecucion
    .getPostponed()
    .flatMap((api) => (api.content?.isMultiInstance ? api.getExecuting() : [api]))
    .filter((api) => api.type === "bpmn:UserTask");
}

const clave = (api) => api.executionId;

async function anotar(db, caso, nuevas, nodo) {
  for (const api of nuevas) {
    await db.hacer(
      "INSERT INTO tarea (caso_id, nodo_motor, nodo, estado, creada_en) VALUES ($1, $2, $3, 'abierta', $4)",
      caso, clave(api), api.id, EN,
    );
  }
  await db.hacer("INSERT INTO historia (caso_id, nodo, en) VALUES ($1, $2, $3)", caso, nodo, EN);
}

async function iniciar(db, nombre) {
  await db.empezar();
  const motor = new Engine({ ...opciones(), source: propio(diagramas[nombre]) });
  const ejecucion = await motor.execute({ listener: oyente });
  const abiertas = humanas(ejecucion);
  const estado = JSON.stringify(await motor.getState());
  const [{ id }] = await db.hacer(
    "INSERT INTO caso (proceso, estado, terminado, version) VALUES ($1, $2, 0, 1) RETURNING id", nombre, estado,
  );
  await anotar(db, id, abiertas, "start");
  await db.guardar();
  motor.stop();
  return { id, bytes: estado.length, abiertas: abiertas.map(clave) };
}

async function paso(db, caso, tarea) {
  await db.empezar();
  const [leido] = await db.hacer("SELECT estado, version FROM caso WHERE id = $1 FOR UPDATE", caso);
  const motor = new Engine(opciones()).recover(JSON.parse(leido.estado));
  const ejecucion = await motor.resume({ listener: oyente });
  const antes = humanas(ejecucion);
  const hecha = antes.find((api) => clave(api) === tarea);
  if (hecha.id === "A") hecha.environment.output.monto = MONTO;
  const datos = hecha.environment.output;
  const habia = new Set(antes.map(clave));
  hecha.signal({ vote: "si" });
  // After a join that was recovered it keeps a spent flow for ever and never says that it ended.
  const terminado = ejecucion.getPostponed().every((api) => api.type === "bpmn:SequenceFlow");
  const abiertas = humanas(ejecucion);
  const estado = JSON.stringify(await motor.getState());
  await db.hacer(
    "UPDATE caso SET estado = $1, terminado = $2, version = version + 1 WHERE id = $3 AND version = $4",
    estado, Number(terminado), caso, leido.version,
  );
  await db.hacer(
    "UPDATE tarea SET estado = 'hecha', hecha_en = $1 WHERE caso_id = $2 AND nodo_motor = $3", EN, caso, tarea,
  );
  await anotar(db, caso, abiertas.filter((api) => !habia.has(clave(api))), hecha.id);
  await db.guardar();
  if (!terminado) motor.stop();
  return { terminado, datos, bytes: estado.length, abiertas: abiertas.map(clave) };
}

async function jugar(db, nombre, casos) {
  const pasos = [];
  let total = 0;
  let bytes = 0;
  for (let n = 0; n < casos; n += 1) {
    const inicio = performance.now();
    const caso = await iniciar(db, nombre);
    let { abiertas } = caso;
    let mayor = caso.bytes;
    let dado = { terminado: false };
    while (!dado.terminado) {
      const antes = performance.now();
      dado = await paso(db, caso.id, abiertas[0]);
      pasos.push((performance.now() - antes) / 1000);
      ({ abiertas } = dado);
      mayor = Math.max(mayor, dado.bytes);
    }
    if (dado.datos.outcome !== FINAL) throw new Error(`outcome ${dado.datos.outcome}`);
    total += (performance.now() - inicio) / 1000;
    bytes += mayor;
  }
  return { segundos: total, pasos, bytes: bytes / casos };
}

const db = base.tipo === "sqlite" ? new Sqlite() : new Postgres();
await db.abrir(base);
for await (const linea of createInterface({ input: process.stdin })) {
  const orden = JSON.parse(linea);
  process.stdout.write(`${JSON.stringify(await jugar(db, orden.caso, orden.casos))}\n`);
}
process.exit(0);
