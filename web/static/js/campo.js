// En la calle: lo que se escribe se queda en este teléfono hasta que el servidor lo tiene.
// Sólo formularios de campo (data-telefono), una copia por tarea y persona, sin archivos. Sin este archivo
// la página funciona igual y el borrador se guarda en el servidor.
const PREFIJO = 'denuncias:campo:';
const DIAS = 7 * 24 * 60 * 60 * 1000;
const PAUSA = 300;
const FUERA = new Set(['csrf_token', 'version', '_accion']);
const SIN_CONEXION = 'Sin conexión: lo que escribes se guarda en este teléfono.';

// Un teléfono puede no dejar guardar nada: entonces se trabaja sin copia.
const caja = {
  leer(clave) {
    try { return JSON.parse(localStorage.getItem(clave)); } catch { return null; }
  },
  poner(clave, copia) {
    try { localStorage.setItem(clave, JSON.stringify(copia)); } catch { /* sin espacio o sin permiso */ }
  },
  quitar(clave) {
    try { localStorage.removeItem(clave); } catch { /* sin permiso */ }
  },
  claves() {
    try { return Object.keys(localStorage).filter((k) => k.startsWith(PREFIJO)); } catch { return []; }
  },
};

for (const clave of caja.claves()) {
  const copia = caja.leer(clave);
  if (!copia || Date.now() - copia.en > DIAS) caja.quitar(clave);
}
for (const hecha of document.querySelectorAll('[data-tarea-hecha]')) caja.quitar(PREFIJO + hecha.dataset.tareaHecha);

function iniciar(formulario) {
  const clave = PREFIJO + formulario.dataset.telefono;
  const aviso = document.getElementById('sin-conexion');
  const version = formulario.elements.namedItem('version');
  let reloj = null;
  let escrito = 0;

  const decir = (texto) => {
    aviso.querySelector('[data-texto]').textContent = texto;
    aviso.hidden = !texto;
  };
  const campos = () => [...new FormData(formulario)].filter(([n, v]) => !FUERA.has(n) && typeof v === 'string');
  const copiar = (enviado) => {
    clearTimeout(reloj);
    caja.poner(clave, { en: Date.now(), version: version.value, enviado, campos: campos() });
  };

  function recuperar(copia) {
    const valores = new Map();
    for (const [nombre, valor] of copia.campos) valores.set(nombre, [...(valores.get(nombre) ?? []), valor]);
    for (const campo of formulario.elements) {
      if (!campo.name || FUERA.has(campo.name) || ['hidden', 'file', 'submit'].includes(campo.type)) continue;
      const suyos = valores.get(campo.name);
      if (['checkbox', 'radio'].includes(campo.type)) campo.checked = Boolean(suyos?.includes(campo.value));
      else if (suyos) campo.value = suyos[0];
    }
    decir('Recuperamos lo que habías escrito en este teléfono. Revísalo antes de enviarlo.');
    formulario.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // El servidor contesta con lo que se le envió, archivos incluidos: eso es lo escrito, no la copia de antes.
  const recibido = 'recibido' in formulario.dataset;
  const copia = recibido ? null : caja.leer(clave);
  const igual = copia && JSON.stringify(copia.campos) === JSON.stringify(campos());
  if (igual || (copia?.enviado && copia.version !== version.value)) caja.quitar(clave);
  else if (copia && copia.version === version.value) recuperar(copia);
  else if (copia) {
    decir('La tarea cambió desde que escribiste en este teléfono.');
    const boton = aviso.querySelector('button');
    boton.hidden = false;
    boton.addEventListener('click', () => { boton.hidden = true; recuperar(copia); });
  }

  formulario.addEventListener('input', () => {
    escrito = Date.now();
    clearTimeout(reloj);
    reloj = setTimeout(copiar, PAUSA, false);
    if (!navigator.onLine) decir(SIN_CONEXION);
  });
  formulario.addEventListener('borrador', ({ detail }) => {
    if (!detail.guardado) { copiar(false); decir(SIN_CONEXION); return; }
    if (escrito <= detail.desde) { clearTimeout(reloj); caja.quitar(clave); }
    decir('');
  });
  formulario.addEventListener('submit', (evento) => {
    copiar(navigator.onLine);
    if (navigator.onLine) return;
    evento.preventDefault();
    decir(`${SIN_CONEXION} Vuelve a enviarlo cuando tengas señal.`);
    aviso.scrollIntoView({ block: 'center' });
  }, true);
  if (recibido) formulario.dispatchEvent(new Event('input', { bubbles: true }));
  addEventListener('offline', () => { copiar(false); decir(SIN_CONEXION); });
  addEventListener('online', () => {
    decir('');
    formulario.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const formulario = document.querySelector('form[data-telefono]');
if (formulario && document.getElementById('sin-conexion')) iniciar(formulario);
// Quien cierra su sesión en un teléfono prestado no deja nada en él.
document.querySelector('form[action$="/salir"]')?.addEventListener('submit', () => caja.claves().forEach(caja.quitar));
